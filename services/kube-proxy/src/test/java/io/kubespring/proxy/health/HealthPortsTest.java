package io.kubespring.proxy.health;

import static io.kubespring.proxy.Samples.NODE;
import static io.kubespring.proxy.Samples.service;
import static io.kubespring.proxy.Samples.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.Service;
import io.kubespring.proxy.model.ServiceMap;
import io.kubespring.testing.await.LocalService;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthPortsTest {

    private final AtomicBoolean healthy = new AtomicBoolean(true);
    private final HealthPorts ports = new HealthPorts(healthy::get);
    private final ServiceMap services = new ServiceMap(NODE);

    @AfterEach
    void close() {
        ports.close();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Service balanced(int port) {
        return service("web")
                .editSpec()
                .withType("LoadBalancer")
                .withExternalTrafficPolicy("Local")
                .withHealthCheckNodePort(port)
                .endSpec()
                .build();
    }

    private void sync() {
        ports.apply(services.takeChanges());
    }

    @Test
    void aNodeIsHealthyWhileItHasABackendOfItsOwn() throws Exception {
        int port = freePort();
        var node = new LocalService(port);
        services.put(balanced(port));
        services.put(slice("web", "10.244.0.2", "10.244.0.4", "10.244.1.3"));
        sync();
        var answer = node.get("/healthz");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"service\":{\"namespace\":\"default\",\"name\":\"web\"},\"localEndpoints\":2,"
                        + "\"serviceProxyHealthy\":true}");
        assertThat(answer.headers().firstValue("X-Load-Balancing-Endpoint-Weight"))
                .hasValue("2");

        services.put(slice("web", "10.244.1.3"));
        sync();
        assertThat(node.get("/").statusCode()).isEqualTo(503);
        assertThat(node.get("/").body()).contains("\"localEndpoints\":0");

        services.put(slice("web", "10.244.0.2"));
        sync();
        healthy.set(false);
        assertThat(node.get("/").statusCode()).isEqualTo(503);
        assertThat(node.get("/").body()).contains("\"serviceProxyHealthy\":false");
    }

    @Test
    void thePortIsClosedWithTheServiceAndTriedAgainWhereItWasTaken() throws Exception {
        int port;
        try (var taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
            services.put(balanced(port));
            sync();
        }
        sync();
        var node = new LocalService(port);
        assertThat(node.get("/").statusCode()).isEqualTo(503);

        services.remove(balanced(port));
        sync();
        assertThatCode(() -> new ServerSocket(port).close()).doesNotThrowAnyException();
    }
}
