package io.kubespring.apiserver;

import io.kubespring.apiserver.bootstrap.ClusterNetwork;
import io.kubespring.apiserver.features.FeatureGates;
import io.kubespring.apiserver.limits.LimitsConfig;
import io.kubespring.apiserver.security.SecurityConfig;
import io.kubespring.kinds.service.PortRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an API server is told at its start; the flags, but for the transport's own.
 *
 * @param serviceClusterIpRanges one CIDR, or one of each family
 * @param network how the server is reached from inside the cluster
 * @param extensionAuthentication data of the {@code extension-apiserver-authentication} ConfigMap; empty for none
 * @param bootstrap whether the cluster's own objects (roles, namespaces, the kubernetes Service) are made and kept
 */
public record ApiServerConfig(
        SecurityConfig security,
        List<String> serviceClusterIpRanges,
        PortRange serviceNodePorts,
        Duration eventTimeToLive,
        ClusterNetwork network,
        Map<String, String> extensionAuthentication,
        Kubelets kubelets,
        StoreChecks storeChecks,
        LimitsConfig limits,
        FeatureGates features,
        boolean bootstrap) {

    /** How long the store may take to answer the checks {@code etcd} (a read) and {@code etcd-readiness} (a write). */
    public record StoreChecks(Duration health, Duration readiness) {
        public static final StoreChecks DEFAULT = new StoreChecks(Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    /**
     * How kubelets are reached: client certificate and the CA of their serving certificates, all null where nothing goes
     * to kubelets; and which of a node's addresses is tried first.
     */
    public record Kubelets(
            @Nullable Path clientCertificate,
            @Nullable Path clientKey,
            @Nullable Path certificateAuthority,
            List<String> preferredAddressTypes) {

        /** An address before a name: names of nodes resolve in few clusters. */
        public static final List<String> ADDRESSES_FIRST =
                List.of("InternalIP", "ExternalIP", "Hostname", "InternalDNS", "ExternalDNS");

        public static final Kubelets NONE = new Kubelets(null, null, null, ADDRESSES_FIRST);
    }

    /** Everybody may do everything, and nothing is there but what a test makes. */
    public static ApiServerConfig open() {
        return new ApiServerConfig(
                SecurityConfig.open(),
                List.of("10.96.0.0/12"),
                PortRange.NODE_PORTS,
                Duration.ofHours(1),
                new ClusterNetwork("127.0.0.1", 6443, "10.96.0.0/12"),
                Map.of(),
                Kubelets.NONE,
                StoreChecks.DEFAULT,
                LimitsConfig.DEFAULT,
                FeatureGates.DEFAULTS,
                false);
    }

    /** The same with other addresses and ports for Services. */
    public ApiServerConfig withServices(List<String> clusterIpRanges, PortRange nodePorts) {
        return with(clusterIpRanges, nodePorts, limits, features, bootstrap);
    }

    /** The same with other limits on requests. */
    public ApiServerConfig withLimits(LimitsConfig other) {
        return with(serviceClusterIpRanges, serviceNodePorts, other, features, bootstrap);
    }

    /** The same with features switched. */
    public ApiServerConfig withFeatures(FeatureGates switched) {
        return with(serviceClusterIpRanges, serviceNodePorts, limits, switched, bootstrap);
    }

    /** The same with roles, namespaces and the rest of a cluster's own objects. */
    public ApiServerConfig withBootstrap() {
        return with(serviceClusterIpRanges, serviceNodePorts, limits, features, true);
    }

    private ApiServerConfig with(
            List<String> clusterIpRanges,
            PortRange nodePorts,
            LimitsConfig otherLimits,
            FeatureGates otherFeatures,
            boolean withBootstrap) {
        return new ApiServerConfig(
                security,
                clusterIpRanges,
                nodePorts,
                eventTimeToLive,
                network,
                extensionAuthentication,
                kubelets,
                storeChecks,
                otherLimits,
                otherFeatures,
                withBootstrap);
    }
}
