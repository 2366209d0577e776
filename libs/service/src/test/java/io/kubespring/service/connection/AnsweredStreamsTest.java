package io.kubespring.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** HTTP/2 clients that do not end what has been answered, frame by frame. */
class AnsweredStreamsTest {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int MANY = 600;

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final DisposableServer server = HttpServer.create()
            .mapHandle((handled, connection) -> AnsweredStreams.watched(handled, connection, time))
            .protocol(HttpProtocol.H2C)
            .host("127.0.0.1")
            .port(0)
            .doOnChannelInit((observer, channel, remote) -> RequestDeadlines.install(channel, time))
            .handle((request, response) -> request.uri().equals("/early")
                    ? response.sendString(Mono.just("early"))
                    : request.receive().aggregate().then(response.send().then()))
            .bindNow();

    private Socket client;
    private DataInputStream frames;

    /** @param flags of the frame */
    private record Frame(int type, int flags, int stream, byte[] payload) {}

    @BeforeEach
    void connect() throws IOException {
        client = new Socket("127.0.0.1", server.port());
        frames = new DataInputStream(client.getInputStream());
        client.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        send(SETTINGS, 0, 0, new byte[0]);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.disposeNow();
    }

    private void send(int type, int flags, int stream, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(new byte[] {0, (byte) (payload.length >> 8), (byte) payload.length, (byte) type, (byte) flags});
        frame.write(new byte[] {0, 0, 0, (byte) stream});
        frame.write(payload);
        client.getOutputStream().write(frame.toByteArray());
    }

    private void post(String path) throws IOException {
        var block = new ByteArrayOutputStream();
        String[] fields = {":method", "POST", ":scheme", "http", ":path", path, ":authority", "h"};
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            for (String each : new String[] {fields[i], fields[i + 1]}) {
                block.write(each.length());
                block.write(each.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        send(HEADERS, END_HEADERS, 1, block.toByteArray());
    }

    private Frame next() throws IOException {
        int length = frames.readUnsignedShort() << 8 | frames.readUnsignedByte();
        return new Frame(
                frames.readUnsignedByte(), frames.readUnsignedByte(), frames.readInt(), frames.readNBytes(length));
    }

    private void answered() throws IOException {
        Frame frame = next();
        while (frame.stream() != 1 || (frame.flags() & END_STREAM) == 0) {
            assertThat(frame.type()).isNotEqualTo(RESET);
            frame = next();
        }
    }

    @Test
    void anAnsweredStreamThatItsClientDoesNotEndIsResetWithoutAnError() throws IOException {
        post("/early");
        answered();
        client.setSoTimeout(10);
        for (int second = 0; second < MANY; second++) {
            time.advance(Duration.ofSeconds(1));
            try {
                Frame frame = next();
                if (frame.type() == RESET) {
                    assertThat(second + 1).isGreaterThanOrEqualTo((int) RequestDeadlines.REST_OF_BODY.toSeconds());
                    assertThat(frame.payload()).containsOnly(0);
                    return;
                }
            } catch (SocketTimeoutException nothing) {
                send(DATA, 0, 1, new byte[] {' '});
            }
        }
        throw new AssertionError("still open");
    }

    @Test
    void aConnectionWithoutARequestIsLeftToTheLimitOfIdleOnes() throws IOException {
        while (next().type() != SETTINGS) {}
        time.advance(RequestDeadlines.HEAD.multipliedBy(2));
        post("/early");
        answered();
    }

    @Test
    void aBodyThatIsWaitedForMayTakeItsTime() throws IOException {
        post("/waits");
        for (int sent = 0; sent < 100; sent++) {
            send(DATA, 0, 1, new byte[] {' '});
            time.advance(Duration.ofSeconds(1));
        }
        send(DATA, END_STREAM, 1, new byte[0]);
        answered();
    }
}
