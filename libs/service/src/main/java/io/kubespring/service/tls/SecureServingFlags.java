package io.kubespring.service.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Upstream's flags of a component's HTTPS port, under the component's prefix.
 *
 * @param certDir keeps a self-signed certificate of its own where no files are given; none keeps it in memory
 */
public record SecureServingFlags(
        @DefaultValue("0.0.0.0") String bindAddress,
        int securePort,
        @Nullable Path certDir,
        @Nullable Path tlsCertFile,
        @Nullable Path tlsPrivateKeyFile) {

    public SecureServingFlags {
        if ((tlsCertFile == null) != (tlsPrivateKeyFile == null)) {
            throw new IllegalArgumentException("--tls-cert-file and --tls-private-key-file need each other");
        }
    }
}
