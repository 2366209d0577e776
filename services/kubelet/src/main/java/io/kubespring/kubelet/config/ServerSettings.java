package io.kubespring.kubelet.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The kubelet's own endpoint.
 *
 * @param port 0 picks a free one
 * @param tlsCertFile with {@code tlsPrivateKeyFile}; without them a self-signed certificate is made
 * @param clientCaFile CA whose client certificates are accepted
 * @param anonymous whether requests without credentials run as system:anonymous
 * @param webhook whether bearer tokens are reviewed and requests authorized by the API server; otherwise every
 *     authenticated request is allowed
 * @param streamingIdle after which a silent exec, attach or port-forward is ended; zero for never
 */
public record ServerSettings(
        String address,
        int port,
        @Nullable Path tlsCertFile,
        @Nullable Path tlsPrivateKeyFile,
        @Nullable Path clientCaFile,
        boolean anonymous,
        boolean webhook,
        Duration streamingIdle) {

    /** Upstream's default of {@code --streaming-connection-idle-timeout}. */
    public static final Duration STREAMING_IDLE = Duration.ofHours(4);

    public static ServerSettings defaults() {
        return new ServerSettings("0.0.0.0", 10250, null, null, null, false, true, STREAMING_IDLE);
    }
}
