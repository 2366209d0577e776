package io.kubespring.dns.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.testing.await.LocalService;
import io.kubespring.testing.client.InMemoryApi;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The service as its operator sees it: health that follows the API server, metrics, a port. */
class DnsApplicationTest {

    private final InMemoryApi api = new InMemoryApi(SystemTime.instance(), RandomSource.seeded(1));

    @Test
    void readinessFollowsTheApiServer() {
        var away = new AtomicBoolean(true);
        api.addFault(request -> away.get() ? StatusException.internal("away") : null);
        TransportSource transports = (user, groups) -> api;
        try (var context = DnsApplication.COMPONENT.start(
                Map.of(
                        "bind-address",
                        "127.0.0.1",
                        "port",
                        0,
                        "server.port",
                        0,
                        "server.address",
                        "127.0.0.1",
                        "resolv-conf",
                        Path.of("/nonexistent")),
                Map.of("transportSource", transports))) {
            var service = new LocalService(
                    Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")));

            assertThat(service.get("/livez").statusCode()).isEqualTo(200);
            assertThat(service.get("/readyz").statusCode()).isEqualTo(503);
            away.set(false);
            service.awaitReadiness(200);
            assertThat(service.get("/readyz").body()).contains("UP");
            assertThat(service.get("/actuator/health/readiness").statusCode())
                    .as("Actuator is for whom the API server allows it")
                    .isIn(403, 500);
            assertThat(service.get("/metrics").body())
                    .contains("coredns_dns_requests_total{family=\"1\",proto=\"udp\",server=\"dns://:53\",type=\"A\","
                            + "zone=\"cluster.local.\"} 0.0")
                    .contains("coredns_dns_responses_total{rcode=\"NXDOMAIN\"")
                    .contains("coredns_dns_request_duration_seconds_bucket{server=\"dns://:53\","
                            + "zone=\"cluster.local.\",le=\"0.001\"}")
                    .contains("coredns_forward_requests_total 0.0")
                    .doesNotContain("seconds_seconds");
            away.set(true);
            service.awaitReadiness(503);
            assertThat(service.get("/livez").statusCode()).isEqualTo(200);
            away.set(false);
            service.awaitReadiness(200);
        }
    }
}
