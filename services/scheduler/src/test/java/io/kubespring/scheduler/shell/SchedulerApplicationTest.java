package io.kubespring.scheduler.shell;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.client.KubeClient;
import io.kubespring.scheduler.Samples;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.testing.await.LocalService;
import io.kubespring.testing.client.InMemoryApi;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The service as its operator sees it: health that follows the API server, metrics. */
class SchedulerApplicationTest {

    private final InMemoryApi api = new InMemoryApi(SystemTime.instance(), RandomSource.seeded(1));

    @Test
    void readinessFollowsTheApiServerAndPodsAreBoundAndCounted() {
        api.put(Samples.node("n1", 4).build());
        var away = new AtomicBoolean(true);
        api.addFault(request -> away.get() ? StatusException.internal("away") : null);
        TransportSource transports = (user, groups) -> {
            assertThat(user).isEqualTo("system:kube-scheduler");
            return api;
        };
        try (var context = SchedulerApplication.COMPONENT.start(
                Map.of("server.port", 0, "server.address", "127.0.0.1", "authorization-always-allow-paths", "/*"),
                Map.of("transportSource", transports))) {
            var service = new LocalService(
                    Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")));
            assertThat(service.get("/livez").statusCode()).isEqualTo(200);
            assertThat(service.get("/readyz").statusCode()).isEqualTo(503);
            away.set(false);
            service.awaitReadiness(200);

            KubeClient client = KubeClient.over(api, SystemTime.instance());
            client.resources(Pod.class).create(Samples.small("web")).block();
            String bound = "scheduler_schedule_attempts_total{profile=\"default-scheduler\",result=\"scheduled\"} 1.0";
            eventually(() -> service.get("/metrics").body().contains(bound));
            assertThat(service.get("/metrics").body())
                    .contains("scheduler_pending_pods{queue=\"active\"} 0.0")
                    .contains("scheduler_pending_pods{queue=\"unschedulable\"} 0.0")
                    .contains("scheduler_cache_size{type=\"nodes\"} 1.0")
                    .contains("scheduler_pod_scheduling_attempts_bucket{le=\"16.0\"} 1")
                    .contains("scheduler_scheduling_attempt_duration_seconds_bucket{profile=\"default-scheduler\","
                            + "result=\"scheduled\",le=\"0.001\"}")
                    .contains("result=\"scheduled\",le=\"16.384\"}")
                    .contains("scheduler_pod_scheduling_sli_duration_seconds_count{attempts=\"1\"} 1")
                    .doesNotContain("seconds_seconds");

            away.set(true);
            service.awaitReadiness(503);
            assertThat(service.get("/livez").statusCode()).isEqualTo(200);
            away.set(false);
            service.awaitReadiness(200);
        }
    }
}
