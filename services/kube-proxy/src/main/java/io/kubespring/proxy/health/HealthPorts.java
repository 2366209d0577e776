package io.kubespring.proxy.health;

import io.kubespring.api.json.Json;
import io.kubespring.proxy.model.Backend;
import io.kubespring.proxy.model.ServicePort;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The health-check node ports of services whose external traffic stays on the node: 200 while this node has a ready backend and
 * its rules are written, else 503, so that a load balancer sends clients where they are answered. Body and headers are
 * upstream's.
 */
public final class HealthPorts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthPorts.class);
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);

    /** @param port where it is asked for */
    private record Health(int port, int localEndpoints) {}

    private final BooleanSupplier proxyHealthy;
    /** Read by event loops, which must not wait for a port that is being opened. */
    private final Map<String, Health> services = new ConcurrentHashMap<>();

    private final Map<String, DisposableServer> servers = new HashMap<>();

    /** @param proxyHealthy whether the rules are as they should be */
    public HealthPorts(BooleanSupplier proxyHealthy) {
        this.proxyHealthy = proxyHealthy;
    }

    /** @param changes ports by service, as the rules were just changed to; may block */
    public synchronized void apply(Map<String, List<ServicePort>> changes) {
        changes.forEach((service, ports) -> {
            int port = ports.stream().mapToInt(ServicePort::healthPort).max().orElse(0);
            Health former =
                    port == 0 ? services.remove(service) : services.put(service, new Health(port, count(ports)));
            if (former != null && former.port != port) {
                stop(service);
            }
        });
        // Also those whose port was taken when they were tried last.
        services.forEach((service, health) -> {
            if (!servers.containsKey(service)) {
                listen(service, health.port);
            }
        });
    }

    private static int count(List<ServicePort> ports) {
        return (int) ports.stream()
                .flatMap(each -> each.backends().stream())
                .filter(each -> each.local() && each.ready())
                .map(Backend::ip)
                .distinct()
                .count();
    }

    private void listen(String service, int port) {
        try {
            servers.put(
                    service,
                    HttpServer.create()
                            .host("0.0.0.0")
                            .port(port)
                            .idleTimeout(LONGEST_IDLE)
                            .requestTimeout(LONGEST_IDLE)
                            .handle((request, response) -> answer(service, request, response))
                            .bindNow());
        } catch (RuntimeException taken) {
            LOG.error("health of {} cannot be asked for on port {}: {}", service, port, taken.getMessage());
        }
    }

    private Publisher<Void> answer(String service, HttpServerRequest request, HttpServerResponse response) {
        Health health = services.getOrDefault(service, new Health(0, 0));
        boolean healthy = proxyHealthy.getAsBoolean();
        var body = Json.object();
        int slash = service.indexOf('/');
        body.putObject("service")
                .put("namespace", service.substring(0, slash))
                .put("name", service.substring(slash + 1));
        body.put("localEndpoints", health.localEndpoints).put("serviceProxyHealthy", healthy);
        return response.status(
                        health.localEndpoints > 0 && healthy
                                ? HttpResponseStatus.OK
                                : HttpResponseStatus.SERVICE_UNAVAILABLE)
                .header("Content-Type", "application/json")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Load-Balancing-Endpoint-Weight", String.valueOf(health.localEndpoints))
                .sendByteArray(Mono.just(Json.write(body)));
    }

    private void stop(String service) {
        DisposableServer server = servers.remove(service);
        if (server != null) {
            server.disposeNow();
        }
    }

    @Override
    public synchronized void close() {
        servers.values().forEach(DisposableServer::disposeNow);
        servers.clear();
        services.clear();
    }
}
