package io.kubespring.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.gateway.RawClient;
import io.kubespring.gateway.RawUpstream;
import io.kubespring.gateway.RunningApiServer;
import io.kubespring.gateway.RunningGateway;
import io.kubespring.gateway.TestClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask too much, or for what no client should. */
class AbuseTest {

    private static final int BURST = 20;

    private static Path pki;
    private static RawUpstream upstream;
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path directory) {
        upstream = new RawUpstream(RunningApiServer.pki(directory));
        upstream.answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        gateway = new RunningGateway(
                        directory,
                        List.of(upstream.url()),
                        Map.of("requests-per-second", "0.001", "requests-burst", BURST))
                .ready();
        pki = directory.resolve("pki");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static String raw(String request) {
        try (var client = new RawClient(gateway.port(), pki, null)) {
            return client.send(request).head();
        }
    }

    @Test
    void eachCallerHasALimitOfItsOwn() {
        TestClient alice = TestClient.certified(gateway.url(), pki, pki.resolve("alice.crt"));
        for (int i = 0; i < BURST; i++) {
            assertThat(alice.get("/api").status()).isEqualTo(200);
        }
        TestClient.Reply refused = alice.get("/api");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("retry-after", "1");
        assertThat(refused.json().path("reason").stringValue()).isEqualTo("TooManyRequests");
        assertThat(refused.json().path("details").path("retryAfterSeconds").intValue())
                .isEqualTo(1);
        assertThat(TestClient.certified(gateway.url(), pki, pki.resolve("admin.crt"))
                        .get("/api")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoPathIsRefused() {
        assertThat(raw("GET /api#fragment HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET http://other/api HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n")).doesNotStartWith("HTTP/1.1 500");
    }

    /** Two ways to tell where a body ends are one too many. */
    @Test
    void requestsCannotBeSmuggled() {
        upstream.asked.clear();
        raw("POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        raw("POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 0\r\n\r\nGET ");

        assertThat(upstream.asked).allSatisfy(each -> {
            String head = each.head().toLowerCase(Locale.ROOT);
            assertThat(head.contains("\r\ncontent-length:") && head.contains("\r\ntransfer-encoding:"))
                    .as(head)
                    .isFalse();
            assertThat(head.split("content-length:", -1)).hasSizeLessThanOrEqualTo(2);
        });
    }
}
