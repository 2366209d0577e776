package io.kubespring.proxy.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.node.iptables.Iptables;
import io.kubespring.proxy.Samples;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.testing.await.LocalService;
import io.kubespring.testing.client.InMemoryApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The service as its operator sees it: health that follows the API server, metrics. */
class ProxyApplicationTest {

    private final InMemoryApi api = new InMemoryApi(SystemTime.instance(), RandomSource.seeded(1));

    /** Remembers what it was given, or refuses it. */
    private static final class FakeIptables implements Iptables {
        private final AtomicBoolean refuses = new AtomicBoolean();
        private volatile String restored = "";

        @Override
        public void restore(String input) throws IOException {
            if (refuses.get()) {
                throw new IOException("another app is currently holding the xtables lock");
            }
            restored += input;
        }

        @Override
        public String save(String table) {
            return "";
        }

        @Override
        public void ensureFirst(String table, String chain, List<String> rule) {}

        @Override
        public void remove(String table, String chain, List<String> rule) {}
    }

    @Test
    void readinessFollowsTheApiServerAndTheRules() {
        api.put(Samples.service("web").build());
        api.put(Samples.slice("web", "10.244.0.2"));
        var iptables = new FakeIptables();
        var away = new AtomicBoolean(true);
        api.addFault(request -> away.get() ? StatusException.internal("away") : null);
        TransportSource transports = (user, groups) -> {
            assertThat(user).isEqualTo("system:kube-proxy");
            return api;
        };
        try (var context = ProxyApplication.COMPONENT.start(
                Map.of(
                        "server.port",
                        0,
                        "authorization-always-allow-paths",
                        "/*",
                        "server.address",
                        "127.0.0.1",
                        "hostname-override",
                        "n1",
                        "iptables-sync-period",
                        "500ms"),
                Map.of("transportSource", transports, "iptables", iptables))) {
            var service = new LocalService(
                    Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")));
            assertThat(service.get("/livez").statusCode()).isEqualTo(200);
            assertThat(service.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(iptables.restored).isEmpty();

            away.set(false);
            service.awaitReadiness(200);
            assertThat(iptables.restored).contains("10.96.0.20").contains("10.244.0.2:8080");
            assertThat(service.get("/metrics").body())
                    .contains("kubeproxy_sync_proxy_rules_duration_seconds_bucket{le=\"0.001\"}")
                    .contains("kubeproxy_sync_proxy_rules_duration_seconds_bucket{le=\"16.384\"}")
                    .contains("kubeproxy_sync_proxy_rules_iptables_restore_failures_total 0.0")
                    .contains("kubeproxy_sync_proxy_rules_last_timestamp_seconds")
                    .doesNotContain("seconds_seconds");

            iptables.refuses.set(true);
            service.awaitReadiness(503);
            iptables.refuses.set(false);
            service.awaitReadiness(200);
            away.set(true);
            service.awaitReadiness(503);
            away.set(false);
            service.awaitReadiness(200);
        }
    }
}
