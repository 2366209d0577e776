package io.kubespring.apiserver.streaming;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.util.List;
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
    private final ConnectionProvider connections;

    /** @throws IllegalArgumentException if a file is missing or unreadable */
    public KubeletClient(@Nullable Path certificate, @Nullable Path key, @Nullable Path authority) {
        connections = ConnectionProvider.create("kubelets", MAX_CONNECTIONS);
        if (authority == null) {
            client = null;
            return;
        }
        try {
            var builder = SslContextBuilder.forClient()
                    .trustManager(authority.toFile())
                    .endpointIdentificationAlgorithm("HTTPS");
            if (certificate != null && key != null) {
                builder.keyManager(certificate.toFile(), key.toFile());
            }
            SslContext tls = builder.build();
            client = HttpClient.create(connections).secure(spec -> spec.sslContext(tls));
        } catch (SSLException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(
                    "kubelet-client-certificate, kubelet-client-key or kubelet-certificate-authority: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }

    HttpClient http() {
        if (client == null) {
            throw new StatusException(
                    StatusReason.SERVICE_UNAVAILABLE,
                    StatusReason.SERVICE_UNAVAILABLE.code(),
                    "kubelets cannot be verified: the API server was started without --kubelet-certificate-authority",
                    new StatusException.Details("", "", "", "", List.of(), null));
        }
        return client;
    }

    /** Connection failures and the like, as upstream words them. */
    static StatusException unreachable(String node, Throwable failure) {
        return StatusException.internal("error dialing backend: node " + node + ": " + failure.getMessage());
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
