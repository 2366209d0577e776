package io.kubespring.proxy.shell;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Flags of kube-proxy, named as upstream's. */
@ConfigurationProperties("kubespring.kube-proxy")
public record ProxyProperties(
        @Nullable Path kubeconfig,
        @DefaultValue("") String hostnameOverride,
        @DefaultValue("10.244.0.0/16") String clusterCidr,
        @DefaultValue("10.96.0.0/12") String serviceClusterIpRange,
        @DefaultValue("100ms") Duration iptablesMinSyncPeriod,
        @DefaultValue("10m") Duration iptablesSyncPeriod) {}
