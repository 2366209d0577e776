package io.kubespring.controllers.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.client.KubeClient;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.testing.client.InMemoryApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The service as its operator sees it. */
class ControllerManagerApplicationTest {

    private final InMemoryApi api = new InMemoryApi(SystemTime.instance(), RandomSource.system());

    @Test
    void readinessFollowsTheApiServerAndControllersWorkUnderTheirOwnNames() throws Exception {
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
                Map.of("server.port", 0), Map.of("transportSource", transports))) {
            int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
            assertThat(get(port, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(port, "/readyz").statusCode()).isEqualTo(503);
            away.set(false);
            await(port, 200);
            KubeClient client = KubeClient.over(api, SystemTime.instance());
            for (int i = 0; i < 100; i++) {
                if (client.resources(ServiceAccount.class)
                                .inNamespace("team")
                                .find("default")
                                .block()
                        != null) {
                    break;
                }
                Thread.sleep(50);
            }
            assertThat(client.resources(ServiceAccount.class)
                            .inNamespace("team")
                            .find("default")
                            .block())
                    .isNotNull();
            assertThat(get(port, "/metrics").body())
                    .contains("workqueue_depth{name=\"deployment\"}")
                    .contains("workqueue_adds_total{name=\"namespace\"}")
                    .contains("workqueue_queue_duration_seconds_bucket{name=\"deployment\"");
            assertThat(users)
                    .contains(
                            "system:kube-controller-manager",
                            "system:serviceaccount:kube-system:deployment-controller",
                            "system:serviceaccount:kube-system:service-account-controller");
            away.set(true);
            await(port, 503);
        }
    }

    private static void await(int port, int status) throws Exception {
        for (int i = 0; i < 400; i++) {
            if (get(port, "/readyz").statusCode() == status) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("/readyz never answered " + status);
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
