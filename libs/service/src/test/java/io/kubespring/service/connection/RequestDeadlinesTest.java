package io.kubespring.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
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
import reactor.netty.http.server.HttpServer;

/** Clients that are slow with their words, on real connections; only the clock is the test's. */
class RequestDeadlinesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MANY = 600;

    private final ManualTime time = new ManualTime(Instant.EPOCH);

    /** Answers at once what is sent to /early, and everything else when its body is there. */
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .doOnChannelInit((observer, channel, remote) -> RequestDeadlines.install(channel, time))
            .handle((request, response) -> request.uri().startsWith("/early")
                    ? response.sendString(Mono.just("early"))
                    : request.receive()
                            .aggregate()
                            .asString()
                            .defaultIfEmpty("none")
                            .flatMap(body -> response.sendString(Mono.just("got " + body.length()))
                                    .then()))
            .bindNow();

    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        client = new Socket("127.0.0.1", server.port());
        client.setSoTimeout(10);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.disposeNow();
    }

    private void send(String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads until an answer has come that ends so. */
    private void answered(String end) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            try {
                int next = client.getInputStream().read();
                assertThat(next).as(text.toString()).isNotNegative();
                text.append((char) next);
            } catch (SocketTimeoutException notYet) {
                // It comes.
            }
        }
    }

    /** Sends a byte a second; how many seconds it took until the server had enough. */
    private int secondsOfDribbling() {
        for (int second = 0; second < MANY; second++) {
            try {
                send("x");
                if (client.getInputStream().read() < 0) {
                    return second;
                }
            } catch (SocketTimeoutException open) {
                // Nothing to read, and not closed either.
            } catch (IOException reset) {
                return second;
            }
            time.advance(SECOND);
        }
        return MANY;
    }

    @Test
    void theFirstHeadHasItsTimeFromTheBeginning() throws IOException {
        send("GET / HTTP/1.1\r\nX-Long: ");
        assertThat(secondsOfDribbling()).isBetween((int) RequestDeadlines.HEAD.toSeconds(), MANY - 1);
    }

    @Test
    void soHasALaterOneFromItsFirstByte() throws IOException {
        send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        answered("got 4");
        time.advance(RequestDeadlines.HEAD.multipliedBy(2));
        assertThat(secondsOfDribbling()).isBetween((int) RequestDeadlines.HEAD.toSeconds(), MANY - 1);
    }

    @Test
    void whoSaysNothingAtAllIsNotWaitedFor() {
        for (int second = 0; second < MANY; second++) {
            time.advance(SECOND);
            try {
                if (client.getInputStream().read() < 0) {
                    assertThat(second).isGreaterThanOrEqualTo((int) RequestDeadlines.HEAD.toSeconds() - 1);
                    return;
                }
            } catch (SocketTimeoutException open) {
                // Not yet.
            } catch (IOException reset) {
                return;
            }
        }
        throw new AssertionError("still open");
    }

    @Test
    void manyRequestsOnOneConnectionEachBeginAnew() throws IOException {
        for (int request = 0; request < 20; request++) {
            send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            answered("got 4");
            time.advance(Duration.ofSeconds(20));
        }
        send("GET /early HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
        answered("got 4");
    }

    @Test
    void aBodyThatIsWaitedForMayTakeItsTime() throws IOException {
        send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n");
        for (int sent = 0; sent < 100; sent++) {
            send("x");
            time.advance(SECOND);
        }
        answered("got 100");
    }

    @Test
    void aBodyThatIsAnsweredBeforeItsEndHasFiveSecondsMore() throws IOException {
        send("POST /early HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
        answered("early");
        assertThat(secondsOfDribbling()).isBetween((int) RequestDeadlines.REST_OF_BODY.toSeconds(), MANY - 1);
    }

    @Test
    void whatIsExpectedIsNoAnswerYet() throws IOException {
        send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 30\r\n\r\n");
        answered("100 Continue\r\n\r\n");
        for (int sent = 0; sent < 30; sent++) {
            send("x");
            time.advance(SECOND);
        }
        answered("got 30");
    }
}
