package io.kubespring.gateway;

import io.kubespring.gateway.shell.GatewayApplication;
import io.kubespring.service.pki.ClusterPki;
import io.kubespring.testing.await.LocalService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;

/**
 * The gateway on a free port. One that closes takes the event loops of every server in the process with it: so one a test
 * class, or each test by itself.
 */
public final class RunningGateway implements AutoCloseable {

    private final ReactiveWebServerApplicationContext context;

    public RunningGateway(Path directory, List<String> apiServers, Map<String, Object> more) {
        ClusterPki pki = RunningApiServer.pki(directory);
        var settings = new HashMap<String, Object>(Map.of(
                "secure-port",
                0,
                "bind-address",
                "127.0.0.1",
                "management.server.port",
                0,
                "tls-cert-file",
                pki.file("gateway.crt").toString(),
                "tls-private-key-file",
                pki.file("gateway.key").toString(),
                "client-ca-file",
                pki.file("ca.crt").toString(),
                "api-server",
                String.join(",", apiServers),
                "api-server-certificate-authority",
                pki.file("ca.crt").toString(),
                "proxy-client-cert-file",
                pki.file("front-proxy-client.crt").toString(),
                "proxy-client-key-file",
                pki.file("front-proxy-client.key").toString()));
        settings.putAll(more);
        context = (ReactiveWebServerApplicationContext) GatewayApplication.COMPONENT.start(settings, Map.of());
    }

    public RunningGateway ready() {
        management().awaitReadiness(200);
        return this;
    }

    public int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    public String url() {
        return "https://127.0.0.1:" + port();
    }

    /** Its own health and metrics. */
    public LocalService management() {
        return new LocalService(
                Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port")));
    }

    @Override
    public void close() {
        context.close();
    }
}
