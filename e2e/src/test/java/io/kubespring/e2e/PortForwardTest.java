package io.kubespring.e2e;

import static io.kubespring.e2e.StreamPods.kubectl;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.e2e.StreamPods.Protocol;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kubectl port-forward}, inside a WebSocket (KEP-4006) and by SPDY. */
@Tag("host")
@ExtendWith(StreamPods.class)
class PortForwardTest {

    private static final int CONNECTIONS = 10;

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[StreamPods.BLOCK];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String all(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void manyConnectionsAndLargeTransfersPassBothWays(Protocol protocol) throws Exception {
        try (var forward = new PortForward(protocol, "pod/server :9000 :9001 :9003")) {
            var sockets = new ArrayList<Socket>();
            for (int at = 0; at < CONNECTIONS; at++) {
                sockets.add(forward.connect(StreamPods.ECHO));
                sockets.getLast().getOutputStream().write(("hello " + at + "\n").getBytes(StandardCharsets.UTF_8));
            }
            for (int at = 0; at < CONNECTIONS; at++) {
                String expected = "hello " + at + "\n";
                assertThat(new String(
                                sockets.get(at).getInputStream().readNBytes(expected.length()), StandardCharsets.UTF_8))
                        .isEqualTo(expected);
                sockets.get(at).close();
            }

            try (Socket up = forward.connect(StreamPods.HASH);
                    Socket down = forward.connect(StreamPods.PROGRAM)) {
                byte[] sent = bytes(1);
                up.getOutputStream().write(sent);
                assertThat(all(up)).startsWith(hash(sent));
                assertThat(hash(down.getInputStream().readAllBytes()))
                        .isEqualTo(hash(Files.readAllBytes(Path.of("/bin/busybox"))));
            }
        }
    }

    /** What was on its way when the client had no more to say still comes back. */
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aConnectionThatIsClosedHalfStillBringsTheAnswer(Protocol protocol) throws Exception {
        try (var forward = new PortForward(protocol, "service/server :7");
                Socket socket = forward.connect(StreamPods.ECHO)) {
            byte[] sent = bytes(2);
            var sender = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
            byte[] back = socket.getInputStream().readAllBytes();
            sender.join();
            assertThat(hash(back)).isEqualTo(hash(sent));
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aPortThatNothingListensOnIsNamed(Protocol protocol) throws Exception {
        try (var forward = new PortForward(protocol, "pod/server :9999");
                Socket socket = forward.connect(9999)) {
            assertThat(all(socket)).isEmpty();
            assertThat(forward.awaitEnd())
                    .contains("an error occurred forwarding", "-> 9999: error forwarding port 9999 to pod")
                    .contains("connection refused", "lost connection to pod");
        }
        assertThat(kubectl("port-forward service/server :8").output())
                .contains("Service server does not have a service port 8");
        assertThat(kubectl("port-forward pod/nobody :80").output()).contains("pods \"nobody\" not found");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aPodThatDiesEndsIt(Protocol protocol) throws Exception {
        String name = "dies-" + protocol.name().toLowerCase(java.util.Locale.ROOT);
        kubectl("run " + name + " --image=busybox:1 --restart=Never -- nc -ll -p 9000 -e cat")
                .ok();
        kubectl("wait pod/" + name + " --for=condition=Ready --timeout=60s").ok();
        try (var forward = new PortForward(protocol, "pod/" + name + " :9000")) {
            try (Socket socket = forward.connect(StreamPods.ECHO)) {
                socket.getOutputStream().write('x');
                assertThat(socket.getInputStream().read()).isEqualTo('x');
                kubectl("delete pod " + name + " --grace-period=1").ok();
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            try (Socket socket = forward.connect(StreamPods.ECHO)) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            } catch (IOException gone) {
                // kubectl had noticed already
            }
            assertThat(forward.awaitEnd()).contains("lost connection to pod");
        }
    }
}
