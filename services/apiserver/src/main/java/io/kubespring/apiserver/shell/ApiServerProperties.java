package io.kubespring.apiserver.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The flags, named as upstream's.
 *
 * @param bindAddress address of the secure port
 * @param securePort HTTPS; 0 for any free one
 * @param insecurePort plain HTTP on 127.0.0.1, whose users may do everything; 0 for none, negative for any free one
 * @param tlsCertFile serving certificate; without one, everything that is missing is made in {@code certDir}
 * @param serviceAccountIssuer the first issues tokens, all are accepted
 * @param authorizationMode "Node", "RBAC", "AlwaysAllow"
 * @param advertiseAddress where other hosts reach this server; made out from the host if not given
 * @param kubeletPreferredAddressTypes of a node's addresses, which is tried first
 * @param endpointReconcilerType "lease", or "none" where others write the endpoints of {@code default/kubernetes}
 * @param etcdServers "http://host:port" or "https://host:port" of the members; none for the embedded store
 * @param etcdCompactionInterval zero for never
 * @param maxRequestsInflight reads at once; with the writes the seats that priority and fairness divides; upstream's 400
 *     and 200 if not given, or fewer on a small machine
 * @param goawayChance of a request to have its client open a new connection, at most 0.02
 * @param livezGracePeriod how long a start may take before {@code /livez} suffers
 * @param shutdownDelayDuration how long a server that is told to stop goes on serving, while it says that it is not ready
 * @param minRequestTimeout seconds that a watch lasts which asks for no time, or up to twice as long
 * @param featureGates "CBORServingAndStorage=true"
 * @param storageFile the embedded store's database; "memory" keeps nothing
 */
@ConfigurationProperties("kubespring.apiserver")
public record ApiServerProperties(
        @DefaultValue("0.0.0.0") String bindAddress,
        @DefaultValue("6443") int securePort,
        @DefaultValue("0") int insecurePort,
        @Nullable Path tlsCertFile,
        @Nullable Path tlsPrivateKeyFile,
        @DefaultValue("/var/lib/kubespring/apiserver/pki") Path certDir,
        @Nullable Path clientCaFile,
        @Nullable Path requestheaderClientCaFile,
        @DefaultValue({}) List<String> requestheaderAllowedNames,
        @Nullable Path serviceAccountKeyFile,
        @Nullable Path serviceAccountSigningKeyFile,

        @DefaultValue("https://kubernetes.default.svc.cluster.local")
        List<String> serviceAccountIssuer,

        @DefaultValue({}) List<String> apiAudiences,
        @DefaultValue("10.96.0.0/12") List<String> serviceClusterIpRange,
        @DefaultValue("30000-32767") String serviceNodePortRange,
        @DefaultValue({"Node", "RBAC"}) List<String> authorizationMode,
        @DefaultValue({}) List<String> disableAdmissionPlugins,
        @Nullable Path tokenAuthFile,
        @DefaultValue("true") boolean enableBootstrapTokenAuth,
        @DefaultValue("1h") Duration eventTtl,
        @DefaultValue("true") boolean anonymousAuth,
        @Nullable String advertiseAddress,
        @DefaultValue("lease") String endpointReconcilerType,
        @Nullable Path kubeletClientCertificate,
        @Nullable Path kubeletClientKey,
        @Nullable Path kubeletCertificateAuthority,

        @DefaultValue({"InternalIP", "ExternalIP", "Hostname", "InternalDNS", "ExternalDNS"})
        List<String> kubeletPreferredAddressTypes,

        @DefaultValue("true") boolean enablePriorityAndFairness,
        @Nullable Integer maxRequestsInflight,
        @Nullable Integer maxMutatingRequestsInflight,
        @DefaultValue("60s") Duration requestTimeout,
        @DefaultValue("1800") int minRequestTimeout,
        @DefaultValue("0") double goawayChance,
        @DefaultValue("0s") Duration livezGracePeriod,
        @DefaultValue("0s") Duration shutdownDelayDuration,
        @DefaultValue({}) List<String> featureGates,
        @DefaultValue({}) List<String> etcdServers,
        @Nullable Path etcdCafile,
        @Nullable Path etcdCertfile,
        @Nullable Path etcdKeyfile,
        @DefaultValue("/registry") String etcdPrefix,
        @DefaultValue("5m") Duration etcdCompactionInterval,
        @DefaultValue("2s") Duration etcdHealthcheckTimeout,
        @DefaultValue("2s") Duration etcdReadycheckTimeout,

        @DefaultValue("/var/lib/kubespring/apiserver/state.db")
        String storageFile) {

    ApiServerProperties withFiles(
            Path certificate, Path key, Path clientCa, Path requestHeaderCa, Path accountKey, Path signingKey) {
        return new ApiServerProperties(
                bindAddress,
                securePort,
                insecurePort,
                certificate,
                key,
                certDir,
                clientCa,
                requestHeaderCa,
                requestheaderAllowedNames,
                accountKey,
                signingKey,
                serviceAccountIssuer,
                apiAudiences,
                serviceClusterIpRange,
                serviceNodePortRange,
                authorizationMode,
                disableAdmissionPlugins,
                tokenAuthFile,
                enableBootstrapTokenAuth,
                eventTtl,
                anonymousAuth,
                advertiseAddress,
                endpointReconcilerType,
                kubeletClientCertificate,
                kubeletClientKey,
                kubeletCertificateAuthority,
                kubeletPreferredAddressTypes,
                enablePriorityAndFairness,
                maxRequestsInflight,
                maxMutatingRequestsInflight,
                requestTimeout,
                minRequestTimeout,
                goawayChance,
                livezGracePeriod,
                shutdownDelayDuration,
                featureGates,
                etcdServers,
                etcdCafile,
                etcdCertfile,
                etcdKeyfile,
                etcdPrefix,
                etcdCompactionInterval,
                etcdHealthcheckTimeout,
                etcdReadycheckTimeout,
                storageFile);
    }
}
