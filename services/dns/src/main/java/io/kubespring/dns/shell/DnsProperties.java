package io.kubespring.dns.shell;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Flags of the DNS component.
 *
 * @param ttl seconds
 */
@ConfigurationProperties("kubespring.dns")
public record DnsProperties(
        @Nullable Path kubeconfig,
        @DefaultValue("0.0.0.0") String bindAddress,
        @DefaultValue("53") int port,
        @DefaultValue("cluster.local") String clusterDomain,
        @DefaultValue("30") int ttl,
        @DefaultValue("/etc/resolv.conf") Path resolvConf) {}
