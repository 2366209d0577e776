package io.kubespring.apiserver.streaming;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.service.upgrade.DialFailure;
import io.kubespring.service.upgrade.UpgradeClient;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Speaks HTTPS to kubelets: shows the server's client certificate, and trusts only kubelets that the configured authority
 * vouches for. Without an authority nothing is sent at all.
 */
public final class KubeletClient implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 1000;

    private final @Nullable HttpClient client;
    private final @Nullable SslContext tls;
    private final ConnectionProvider connections;

    /** @throws IllegalArgumentException if a file is missing or unreadable */
    public KubeletClient(@Nullable Path certificate, @Nullable Path key, @Nullable Path authority) {
        connections = ConnectionProvider.create("kubelets", MAX_CONNECTIONS);
        if (authority == null) {
            client = null;
            tls = null;
            return;
        }
        try {
            var builder = SslContextBuilder.forClient()
                    .trustManager(authority.toFile())
                    .endpointIdentificationAlgorithm("HTTPS");
            if (certificate != null && key != null) {
                builder.keyManager(certificate.toFile(), key.toFile());
            }
            SslContext context = builder.build();
            tls = context;
            client = HttpClient.create(connections).secure(spec -> spec.sslContext(context));
        } catch (SSLException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(
                    "kubelet-client-certificate, kubelet-client-key or kubelet-certificate-authority: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    public HttpClient http() {
        if (client == null) {
            throw unverifiable();
        }
        return client;
    }

    /** For a connection of its own. */
    public UpgradeClient.Target target(KubeletEndpoint kubelet) {
        if (tls == null) {
            throw unverifiable();
        }
        return new UpgradeClient.Target(kubelet.host(), kubelet.port(), tls);
    }

    private static StatusException unverifiable() {
        return new StatusException(
                StatusReason.SERVICE_UNAVAILABLE,
                "kubelets cannot be verified: the API server was started without --kubelet-certificate-authority");
    }

    /** Connection failures, as upstream words them: an error without a reason. */
    static StatusException unreachable(KubeletEndpoint kubelet, String uri, Throwable failure) {
        return new StatusException(
                StatusReason.UNKNOWN,
                "Get \"" + uri + "\": " + DialFailure.text(kubelet.host(), kubelet.port(), failure));
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
