package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.testing.await.LocalService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health as an operator's tools see it: on Actuator's own port, following the store as {@code /readyz} does. */
class ActuatorTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void readinessFollowsTheStoreAndLivenessDoesNot() throws Exception {
        Path database = folder.resolve("state.db");
        Path away = folder.resolve("away.db");
        try (var server =
                new RunningServer(folder, Map.of("storage-file", database.toString(), "management.server.port", 0))) {
            var management = new LocalService(server.managementPort());
            assertThat(management.get("/actuator/health/readiness").statusCode())
                    .isEqualTo(200);
            assertThat(management.get("/actuator/health/liveness").statusCode()).isEqualTo(200);

            Files.move(database, away);
            TestServer.await(() -> server.get("/readyz").status() == 500);
            assertThat(server.get("/readyz").text()).contains("[-]etcd-readiness failed");
            assertThat(management.get("/actuator/health/readiness").statusCode())
                    .isEqualTo(503);
            assertThat(management.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(server.get("/livez").status()).isEqualTo(200);

            Files.move(away, database);
            TestServer.await(() -> server.get("/readyz").status() == 200);
            assertThat(management.get("/actuator/health/readiness").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theManagementPortKnowsNothingOfTheApiAndTheSecurePortNothingOfActuator() {
        try (var server = new RunningServer(folder, Map.of("management.server.port", 0))) {
            var management = new LocalService(server.managementPort());
            assertThat(management.get("/actuator/info").statusCode()).isEqualTo(200);
            assertThat(management.get("/metrics").body()).contains("apiserver_request_duration_seconds_bucket{");
            assertThat(management.get("/api/v1/namespaces").statusCode()).isEqualTo(404);
            assertThat(server.get("/actuator/health").status()).isEqualTo(404);
        }
    }
}
