package io.kubespring.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.gateway.RawUpstream;
import io.kubespring.gateway.RunningApiServer;
import io.kubespring.gateway.RunningGateway;
import io.kubespring.gateway.TestClient;
import io.kubespring.testing.await.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other services' Actuator, and everybody's health, for whom the API server allows it. */
class ServicesTest {

    private static Path pki;
    private static RunningApiServer server;
    private static RawUpstream scheduler;
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        int own = freePort();
        server = new RunningApiServer(directory, Map.of());
        scheduler = new RawUpstream(RunningApiServer.pki(directory));
        scheduler.answer = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"status\":\"UP\"}";
        gateway = new RunningGateway(
                        directory,
                        List.of(server.url()),
                        Map.of(
                                "management.server.port",
                                own,
                                "service",
                                "scheduler=" + scheduler.url() + ",gone=https://127.0.0.1:1,gateway=http://127.0.0.1:"
                                        + own))
                .ready();
        pki = directory.resolve("pki");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        scheduler.close();
        server.close();
    }

    private static TestClient certified(String name) {
        return TestClient.certified(gateway.url(), pki, pki.resolve(name + ".crt"));
    }

    @Test
    void actuatorIsAskedInTheCallersName() throws InterruptedException {
        scheduler.asked.clear();
        TestClient.Reply reply = certified("admin").get("/services/scheduler/actuator/health?a=b");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{\"status\":\"UP\"}");
        var asked = scheduler.asked.take();
        assertThat(asked.head())
                .startsWith("GET /actuator/health?a=b HTTP/1.1\r\n")
                .containsIgnoringCase("x-remote-user: kubernetes-admin");
        assertThat(asked.certificate()).contains("CN=front-proxy-client");
    }

    @Test
    void onlyForWhomTheApiServerAllowsIt() {
        scheduler.asked.clear();
        TestClient nobody = TestClient.http11(gateway.url(), pki);

        assertThat(certified("alice").get("/services/scheduler/actuator/health").status())
                .isEqualTo(403);
        assertThat(nobody.get("/services/scheduler/actuator/health").status()).isEqualTo(403);
        assertThat(nobody.get("/services").status()).isEqualTo(403);
        assertThat(nobody.token("no-such-token").get("/services").status()).isEqualTo(401);
        assertThat(nobody.token(RunningApiServer.USER_TOKEN).get("/services").status())
                .isEqualTo(403);
        assertThat(scheduler.asked).isEmpty();

        TestClient admin = certified("admin");
        admin.post(
                "/apis/rbac.authorization.k8s.io/v1/clusterroles",
                "{'metadata':{'name':'watcher'},'rules':[{'nonResourceURLs':['/services/scheduler/*'],'verbs':['get']}]}");
        admin.post(
                "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                "{'metadata':{'name':'watcher'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole',"
                        + "'name':'watcher'},'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User',"
                        + "'name':'carol'}]}");
        TestClient carol = admin.with("Impersonate-User", "carol");
        Eventually.eventually(
                () -> carol.get("/services/scheduler/actuator/health").status() == 200);
        assertThat(carol.get("/services").status()).isEqualTo(403);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Its own Actuator is reached like any other, through its own front door. */
    @Test
    void theGatewaysOwnMetricsAreForWhomItIsAllowedToo() {
        String metrics = "/services/gateway/actuator/prometheus";
        assertThat(certified("admin").get(metrics).text()).contains("gateway_access_log_dropped_total");
        assertThat(TestClient.http11(gateway.url(), pki).get(metrics).status()).isEqualTo(403);
    }

    @Test
    void otherSpellingsAndPathsAreNotThere() {
        scheduler.asked.clear();
        TestClient admin = certified("admin");
        for (String path : List.of(
                "/services/scheduler/actuator/../metrics",
                "/services/scheduler/actuator/%2e%2e/metrics",
                "/services/scheduler/actuator//health",
                "/services/scheduler/metrics",
                "/services/scheduler/actuator;x/health",
                "/services/../api/v1/secrets",
                "/services/unknown/actuator/health",
                "/services/")) {
            assertThat(admin.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(admin.post("/services/scheduler/actuator/loggers", "{}").status())
                .isEqualTo(405);
        assertThat(scheduler.asked).isEmpty();
        assertThat(admin.get("/services/gone/actuator/health")
                        .json()
                        .path("message")
                        .stringValue())
                .startsWith("no service gone can be reached: dial tcp 127.0.0.1:1");
    }

    @Test
    void healthOfEverythingIsOneAnswer() {
        TestClient admin = certified("admin");
        Eventually.eventually(() -> admin.get("/services")
                .json()
                .path("services")
                .path("scheduler")
                .stringValue("")
                .equals("UP"));
        TestClient.Reply reply = admin.get("/services");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("status").stringValue()).isEqualTo("OUT_OF_SERVICE");
        assertThat(reply.json().path("services").path("gone").stringValue()).isEqualTo("OUT_OF_SERVICE");
        assertThat(reply.json()
                        .path("apiServers")
                        .path("127.0.0.1:" + server.port())
                        .stringValue())
                .isEqualTo("UP");
    }
}
