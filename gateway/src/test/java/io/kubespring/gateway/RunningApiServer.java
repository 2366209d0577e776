package io.kubespring.gateway;

import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.apiserver.shell.ApiServerApplication;
import io.kubespring.service.pki.ClusterPki;
import io.kubespring.testing.await.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;

/** A real API server on a free port; every server of a directory has the same authorities and tokens. */
public final class RunningApiServer implements AutoCloseable {

    public static final String ADMIN_TOKEN = "admin-token";
    public static final String USER_TOKEN = "user-token";

    private final ReactiveWebServerApplicationContext context;

    public RunningApiServer(Path directory, Map<String, Object> more) {
        var settings = new HashMap<String, Object>(Map.of(
                "secure-port",
                0,
                "bind-address",
                "127.0.0.1",
                "cert-dir",
                pki(directory).file("").toString(),
                "management.server.port",
                -1,
                "storage-file",
                "memory",
                "token-auth-file",
                tokens(directory).toString()));
        settings.putAll(more);
        context = (ReactiveWebServerApplicationContext) ApiServerApplication.COMPONENT.start(settings, Map.of());
        Eventually.eventually(() -> context.getBean(ApiServerCore.class).ready());
    }

    /** The cluster's authorities, with a certificate for the gateway, one for an administrator and one for alice. */
    public static ClusterPki pki(Path directory) {
        var pki = new ClusterPki(directory.resolve("pki"), Instant.now());
        pki.serving("gateway", "gateway", List.of("127.0.0.1", "localhost"));
        pki.client("admin", "kubernetes-admin", "system:masters");
        pki.client("alice", "alice", "dev");
        return pki;
    }

    private static Path tokens(Path directory) {
        try {
            return Files.writeString(
                    directory.resolve("tokens.csv"),
                    ADMIN_TOKEN + ",admin,1,\"system:masters\"\n" + USER_TOKEN + ",bob,2,\"dev\"\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    public String url() {
        return "https://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        context.close();
    }
}
