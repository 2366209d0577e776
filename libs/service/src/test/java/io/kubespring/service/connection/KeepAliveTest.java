package io.kubespring.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** That the kernel looks after accepted connections, as the kernel itself tells it. */
class KeepAliveTest {

    private static final String ESTABLISHED = "01";
    private static final String KEEP_ALIVE_TIMER = "02";
    private static final int TICKS_A_SECOND = 100;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPeerThatVanishesIsLookedForAfterThreeMinutes(boolean epoll) throws IOException {
        var loops = LoopResources.create("keep-alive", 1, true);
        var server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops, epoll)
                .doOnChannelInit((observer, channel, remote) -> KeepAlive.enable(channel))
                .handle((request, response) -> response.send())
                .bindNow();
        try (var client = new Socket("127.0.0.1", server.port())) {
            // An answer shows that the connection is accepted.
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes());
            assertThat(client.getInputStream().read()).isPositive();
            String timer = timer(server.port(), client.getLocalPort());
            assertThat(timer).startsWith(KEEP_ALIVE_TIMER + ":");
            long left = Long.parseLong(timer.substring(3), 16) / TICKS_A_SECOND;
            assertThat(left).isBetween(1L, KeepAlive.IDLE.toSeconds());
        } finally {
            server.disposeNow();
            loops.dispose();
        }
    }

    /** Of {@code /proc/net/tcp}: "tr:tm->when" of the server's side. */
    private static String timer(int port, int peer) throws IOException {
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                var found = lines.map(line -> line.strip().split("\\s+"))
                        .filter(each -> each[1].endsWith(":%04X".formatted(port))
                                && each[2].endsWith(":%04X".formatted(peer))
                                && each[3].equals(ESTABLISHED))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get()[5];
                }
            }
        }
        throw new AssertionError("no such connection");
    }
}
