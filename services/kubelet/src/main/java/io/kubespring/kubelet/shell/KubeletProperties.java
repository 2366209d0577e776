package io.kubespring.kubelet.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Flags of the kubelet, named as upstream's flags and KubeletConfiguration fields. Maps are written {@code a=b,c=d},
 * taints {@code key=value:Effect,…}.
 */
@ConfigurationProperties("kubespring.kubelet")
public record KubeletProperties(
        @Nullable Path kubeconfig,
        @DefaultValue("") String hostnameOverride,
        @DefaultValue("") String nodeIp,
        @DefaultValue("true") boolean registerNode,
        @DefaultValue("") String nodeLabels,
        @DefaultValue("") String registerWithTaints,
        @DefaultValue("110") int maxPods,
        @DefaultValue("10s") Duration nodeStatusUpdateFrequency,
        @DefaultValue("5m") Duration nodeStatusReportFrequency,
        @DefaultValue("40") int nodeLeaseDurationSeconds,
        @DefaultValue("") String systemReserved,
        @DefaultValue("") String kubeReserved,

        @DefaultValue("memory.available=100Mi,nodefs.available=10%,imagefs.available=15%")
        String evictionHard,

        @DefaultValue("") String providerId,
        @DefaultValue("/var/lib/kubelet") Path rootDir,
        @DefaultValue("/var/log/pods") Path podLogsDir,
        @DefaultValue("/var/log/containers") Path containerLogsDir,
        @Nullable Path podManifestPath,

        @DefaultValue("unix:///run/containerd/containerd.sock")
        String containerRuntimeEndpoint,

        @DefaultValue("") List<String> clusterDns,
        @DefaultValue("cluster.local") String clusterDomain,
        @DefaultValue("/etc/resolv.conf") Path resolvConf,
        @DefaultValue("/") String cgroupRoot,
        @DefaultValue("1m") Duration syncFrequency,
        @DefaultValue("4h") Duration streamingConnectionIdleTimeout,
        @DefaultValue("2m") Duration runtimeRequestTimeout,
        @DefaultValue("-1") long podMaxPids,
        @DefaultValue("true") boolean cpuCfsQuota,
        @DefaultValue("10Mi") String containerLogMaxSize,
        @DefaultValue("5") int containerLogMaxFiles,
        @DefaultValue("false") boolean seccompDefault,
        @DefaultValue("true") boolean serializeImagePulls,
        @DefaultValue("85") int imageGcHighThreshold,
        @DefaultValue("80") int imageGcLowThreshold,
        @DefaultValue("2m") Duration minimumImageTtlDuration,
        @DefaultValue("0.0.0.0") String address,
        @DefaultValue("10250") int port,
        @Nullable Path tlsCertFile,
        @Nullable Path tlsPrivateKeyFile,
        @Nullable Path clientCaFile,
        @DefaultValue("false") boolean anonymousAuth,
        @DefaultValue("Webhook") String authorizationMode) {}
