package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health as an operator's tools see it: on Actuator's own port, following the store as {@code /readyz} does. */
class ActuatorTest {

    private static final java.net.http.HttpClient CLIENT = java.net.http.HttpClient.newHttpClient();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static HttpResponse<String> get(int port, String path) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void readinessFollowsTheStoreAndLivenessDoesNot() throws Exception {
        Path database = folder.resolve("state.db");
        Path away = folder.resolve("away.db");
        try (var server =
                new RunningServer(folder, Map.of("storage-file", database.toString(), "management.server.port", 0))) {
            int port = server.managementPort();
            assertThat(get(port, "/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(get(port, "/actuator/health/liveness").statusCode()).isEqualTo(200);

            Files.move(database, away);
            TestServer.await(() -> server.get("/readyz").status() == 500);
            assertThat(server.get("/readyz").text()).contains("[-]etcd-readiness failed");
            assertThat(get(port, "/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(get(port, "/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(server.get("/livez").status()).isEqualTo(200);

            Files.move(away, database);
            TestServer.await(() -> server.get("/readyz").status() == 200);
            assertThat(get(port, "/actuator/health/readiness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theManagementPortKnowsNothingOfTheApiAndTheSecurePortNothingOfActuator() {
        try (var server = new RunningServer(folder, Map.of("management.server.port", 0))) {
            int port = server.managementPort();
            assertThat(get(port, "/actuator/info").statusCode()).isEqualTo(200);
            assertThat(get(port, "/metrics").body()).contains("apiserver_request_duration_seconds_bucket{");
            assertThat(get(port, "/api/v1/namespaces").statusCode()).isEqualTo(404);
            assertThat(server.get("/actuator/health").status()).isEqualTo(404);
        }
    }
}
