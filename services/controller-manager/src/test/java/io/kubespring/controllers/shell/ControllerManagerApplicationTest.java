package io.kubespring.controllers.shell;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.client.KubeClient;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.testing.await.LocalService;
import io.kubespring.testing.client.InMemoryApi;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The service as its operator sees it. */
class ControllerManagerApplicationTest {

    private final InMemoryApi api = new InMemoryApi(SystemTime.instance(), RandomSource.system());

    @Test
    void readinessFollowsTheApiServerAndControllersWorkUnderTheirOwnNames() {
        api.put(new NamespaceBuilder()
                .withNewMetadata()
                .withName("team")
                .endMetadata()
                .build());
        var away = new AtomicBoolean(true);
        api.addFault(request -> away.get() ? StatusException.internal("away") : null);
        Set<String> users = new ConcurrentSkipListSet<>();
        TransportSource transports = (user, groups) -> {
            users.add(user);
            return api;
        };
        try (var context = ControllerManagerApplication.COMPONENT.start(
                Map.of("server.port", 0, "authorization-always-allow-paths", "/*"),
                Map.of("transportSource", transports))) {
            var service = new LocalService(
                    Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")));
            assertThat(service.get("/livez").statusCode()).isEqualTo(200);
            assertThat(service.get("/readyz").statusCode()).isEqualTo(503);
            away.set(false);
            service.awaitReadiness(200);
            KubeClient client = KubeClient.over(api, SystemTime.instance());
            eventually(() -> client.resources(ServiceAccount.class)
                            .inNamespace("team")
                            .find("default")
                            .block()
                    != null);
            assertThat(service.get("/metrics").body())
                    .contains("workqueue_depth{name=\"deployment\"}")
                    .contains("workqueue_adds_total{name=\"namespace\"}")
                    .contains("workqueue_queue_duration_seconds_bucket{name=\"deployment\"");
            assertThat(users)
                    .contains(
                            "system:kube-controller-manager",
                            "system:serviceaccount:kube-system:deployment-controller",
                            "system:serviceaccount:kube-system:service-account-controller");
            away.set(true);
            service.awaitReadiness(503);
        }
    }
}
