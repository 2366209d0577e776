package io.kubespring.apiserver.shell;

import io.kubespring.api.time.SystemTime;
import io.kubespring.service.pki.ClusterPki;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * A PKI of the server's own in {@code --cert-dir}, for a server that is started without one: serving certificate, client
 * CA, service-account keys, and {@code admin.conf} for kubectl.
 */
final class LocalPki {

    private LocalPki() {}

    /** What is being made beside the start of everything else: keys take half a second of it. */
    record Begun(ApiServerProperties given, Future<ApiServerProperties> completed) {}

    /** Begins {@link #complete} on a thread of its own and leaves the promise of it in the context to come. */
    static void begin(ApplicationEnvironmentPreparedEvent event) {
        ApiServerProperties given = Binder.get(event.getEnvironment())
                .bindOrCreate("kubespring.apiserver", Bindable.of(ApiServerProperties.class));
        var task = new FutureTask<>(() -> complete(given, SystemTime.instance().now()));
        Thread.ofPlatform().name("local-pki").daemon().start(task);
        event.getSpringApplication()
                .addInitializers(
                        context -> context.getBeanFactory().registerSingleton("localPki", new Begun(given, task)));
    }

    /** The result of what was begun for these properties, or else that of {@link #complete}. */
    static ApiServerProperties complete(ApiServerProperties given, Instant now, @Nullable Begun begun) {
        if (begun == null || !begun.given().equals(given)) {
            return complete(given, now);
        }
        try {
            return begun.completed().get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** The same properties, with every file that was not given taken from the local PKI. */
    static ApiServerProperties complete(ApiServerProperties given, Instant now) {
        if ((given.tlsCertFile() == null) != (given.tlsPrivateKeyFile() == null)) {
            throw new IllegalArgumentException("--tls-cert-file and --tls-private-key-file need each other");
        }
        if (given.tlsCertFile() != null) {
            return given;
        }
        var pki = new ClusterPki(given.certDir(), now);
        pki.serving(
                "apiserver",
                "kube-apiserver",
                List.of(
                        "localhost",
                        "127.0.0.1",
                        hostName(),
                        "kubernetes",
                        "kubernetes.default",
                        "kubernetes.default.svc",
                        "kubernetes.default.svc.cluster.local"));
        pki.kubeconfig(
                given.certDir().resolve("admin.conf"),
                "https://127.0.0.1:" + given.securePort(),
                "kubernetes-admin",
                "system:masters");
        return given.withFiles(
                pki.file("apiserver.crt"),
                pki.file("apiserver.key"),
                or(given.clientCaFile(), pki.file("ca.crt")),
                or(given.requestheaderClientCaFile(), pki.file("front-proxy-ca.crt")),
                or(given.serviceAccountKeyFile(), pki.file("sa.pub")),
                or(given.serviceAccountSigningKeyFile(), pki.file("sa.key")));
    }

    private static Path or(@Nullable Path given, Path own) {
        return given == null ? own : given;
    }

    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
