package io.kubespring.service.tls;

import io.kubespring.service.boot.Component;
import java.nio.file.Path;
import java.util.Map;
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

    /**
     * An HTTPS port.
     *
     * @param name whose certificate it is where the component makes its own: "kube-scheduler"
     */
    public static Component.Trait securelyServed(String name, int port) {
        return new Component.Trait(
                SecureServingFlags.class, Map.of(SecureServingAutoConfiguration.NAME, name, "secure-port", port));
    }
}
