package io.kubespring.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.gateway.RawClient;
import io.kubespring.gateway.RawUpstream;
import io.kubespring.gateway.RunningApiServer;
import io.kubespring.gateway.RunningGateway;
import io.kubespring.gateway.TestClient;
import io.kubespring.service.pki.ClusterPki;
import io.kubespring.testing.await.Eventually;
import io.kubespring.testing.net.TcpProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API servers that end, cut connections or were never there. */
class LostServersTest {

    private static final String REFUSING = "https://127.0.0.1:1";

    @TempDir
    private Path directory;

    private ClusterPki files;
    private Path pki;

    @BeforeEach
    void authorities() {
        files = RunningApiServer.pki(directory);
        pki = directory.resolve("pki");
    }

    private RunningGateway before(String... servers) {
        return new RunningGateway(directory, List.of(servers), Map.of());
    }

    @Test
    void aServerThatStopsIsNotMissed() {
        try (var server = new RunningApiServer(directory, Map.of());
                var first = new TcpProxy(server.port());
                var second = new TcpProxy(server.port());
                var gateway = before("https://127.0.0.1:" + first.port(), "https://127.0.0.1:" + second.port())
                        .ready()) {
            TestClient client = TestClient.http2(gateway.url(), pki).token(RunningApiServer.ADMIN_TOKEN);
            for (int i = 0; i < 10; i++) {
                assertThat(client.get("/api/v1/namespaces").status()).isEqualTo(200);
            }
            first.close();
            for (int i = 0; i < 10; i++) {
                assertThat(client.get("/api/v1/namespaces").status()).isEqualTo(200);
            }
            assertThat(client.post("/api/v1/namespaces", "{'metadata':{'name':'after'}}")
                            .status())
                    .isEqualTo(201);
            second.close();
            assertUnavailable(client.get("/api/v1/namespaces"));
            gateway.management().awaitReadiness(503);
            assertThat(gateway.management().get("/livez").statusCode()).isEqualTo(200);
        }
    }

    private static void assertUnavailable(TestClient.Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).containsEntry("retry-after", "1");
        assertThat(reply.json().path("kind").stringValue()).isEqualTo("Status");
        assertThat(reply.json().path("reason").stringValue()).isEqualTo("ServiceUnavailable");
    }

    @Test
    void nobodyThereIsAStatus() {
        try (var gateway = before(REFUSING)) {
            TestClient.Reply reply = TestClient.http11(gateway.url(), pki).get("/version");
            assertUnavailable(reply);
            assertThat(reply.json().path("message").stringValue())
                    .isEqualTo("no API server can be reached: dial tcp 127.0.0.1:1: connect: connection refused");
        }
    }

    @Test
    void readsAreAskedAgainAndWritesThatWereSentAreNot() {
        try (var cutting = new RawUpstream(files);
                var good = new RawUpstream(files);
                var gateway = before(cutting.url(), good.url()).ready()) {
            good.answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
            TestClient client = TestClient.http11(gateway.url(), pki).token("t");
            for (int i = 0; i < 4; i++) {
                assertThat(client.get("/api").text()).isEqualTo("good");
            }
            Eventually.eventually(() -> {
                // Which of the two is asked is the gateway's to choose: one of each four at least meets the cut.
                TestClient.Reply reply = client.post("/api/v1/namespaces", "{}");
                return reply.status() == 504
                        && reply.json().path("reason").stringValue("").equals("Timeout");
            });
            long sent = cutting.asked.stream()
                    .filter(each -> each.head().startsWith("POST"))
                    .count();
            assertThat(sent).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatIsCutIsCutForTheClient() {
        try (var cutting = new RawUpstream(files);
                var gateway = before(cutting.url()).ready();
                var client = new RawClient(gateway.port(), pki, null)) {
            cutting.answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
            client.send("GET /api/v1/pods?watch=true HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            cutting.close();
            assertThat(client.rest()).doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void aServerThatFellSilentIsLeft() {
        try (var server = new RunningApiServer(directory, Map.of());
                var silent = new TcpProxy(server.port());
                var gateway = before("https://127.0.0.1:" + silent.port()).ready()) {
            TestClient client = TestClient.http11(gateway.url(), pki).token(RunningApiServer.ADMIN_TOKEN);
            assertThat(client.get("/api/v1/namespaces").status()).isEqualTo(200);
            silent.stall();
            assertUnavailable(client.get("/api/v1/namespaces"));
            assertThat(client.post("/api/v1/namespaces", "{'metadata':{'name':'unknown'}}")
                            .status())
                    .isIn(503, 504);
            silent.flow();
            gateway.management().awaitReadiness(200);
            assertThat(client.get("/api/v1/namespaces").status()).isEqualTo(200);
        }
    }
}
