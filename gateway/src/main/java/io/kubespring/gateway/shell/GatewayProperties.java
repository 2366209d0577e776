package io.kubespring.gateway.shell;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Flags of the gateway, named as those of upstream's servers where they have them. */
@ConfigurationProperties("kubespring.gateway")
public record GatewayProperties(
        @DefaultValue("0.0.0.0") String bindAddress,
        @DefaultValue("6443") int securePort,
        @Nullable Path tlsCertFile,
        @Nullable Path tlsPrivateKeyFile,
        @Nullable Path clientCaFile,
        @DefaultValue({}) List<String> apiServer,
        @Nullable Path apiServerCertificateAuthority,
        @Nullable Path proxyClientCertFile,
        @Nullable Path proxyClientKeyFile,
        @DefaultValue("16777216") long maxRequestBodyBytes,
        @DefaultValue("2000") double requestsPerSecond,
        @DefaultValue("4000") double requestsBurst,
        @DefaultValue("true") boolean accessLog,
        @DefaultValue({}) List<String> service) {}
