package io.kubespring.kubelet.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.kubelet.fake.FakeRuntime;
import io.kubespring.node.cgroup.Cgroups;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.testing.client.InMemoryApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as its operator sees it: health that follows what the kubelet needs, and metrics. */
class KubeletApplicationTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final InMemoryApi api = new InMemoryApi(SystemTime.instance(), RandomSource.seeded(1));
    private final FakeRuntime runtime = new FakeRuntime(SystemTime.instance());
    private final AtomicBoolean apiAway = new AtomicBoolean();
    private ConfigurableApplicationContext context;

    @BeforeEach
    void start() throws IOException {
        api.addFault(request -> apiAway.get() ? StatusException.internal("away") : null);
        Path cgroup = Files.createDirectories(folder.resolve("cgroup"));
        Files.writeString(cgroup.resolve("cgroup.controllers"), "cpu memory");
        Map<String, Object> settings = new HashMap<>();
        settings.put("hostname-override", "node");
        settings.put("node-ip", "192.0.2.1");
        settings.put("address", "127.0.0.1");
        settings.put("port", 0);
        settings.put("root-dir", folder.resolve("root"));
        settings.put("pod-logs-dir", folder.resolve("pod-logs"));
        settings.put("container-logs-dir", folder.resolve("logs"));
        settings.put("server.port", 0);
        settings.put("authorization-always-allow-paths", "/*");
        TransportSource transports = (user, groups) -> api;
        context = KubeletApplication.COMPONENT.start(
                settings, Map.of("transportSource", transports, "criRuntime", runtime, "cgroups", Cgroups.at(cgroup)));
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void awaitReadiness(int status) throws Exception {
        for (int i = 0; i < 400; i++) {
            if (get("/actuator/health/readiness").statusCode() == status) {
                assertThat(get("/readyz").statusCode()).isEqualTo(status);
                assertThat(get("/livez").statusCode()).isEqualTo(200);
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("readiness never answered " + status);
    }

    @Test
    void readinessFollowsTheRuntime() throws Exception {
        awaitReadiness(200);
        runtime.down = true;
        awaitReadiness(503);
        runtime.down = false;
        awaitReadiness(200);
    }

    @Test
    void readinessFollowsTheApiServer() throws Exception {
        awaitReadiness(200);
        apiAway.set(true);
        awaitReadiness(503);
        apiAway.set(false);
        awaitReadiness(200);
    }

    @Test
    void metricsHaveUpstreamsNames() throws Exception {
        awaitReadiness(200);
        assertThat(get("/metrics").body())
                .contains("kubelet_node_name{node=\"node\"} 1.0")
                .contains("kubelet_pleg_relist_duration_seconds_bucket{le=\"0.005\"}")
                .contains("kubelet_running_pods ")
                .doesNotContain("seconds_seconds");
    }
}
