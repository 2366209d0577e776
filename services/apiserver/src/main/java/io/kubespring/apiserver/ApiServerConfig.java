package io.kubespring.apiserver;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an API server is told at its start; the flags, but for the transport's own.
 *
 * @param clientCaFile CA of client certificates; null for none
 * @param requestHeaderCaFile CA of the front proxy; null for none
 * @param requestHeaderAllowedNames common names of front proxies; empty for any
 * @param serviceAccountKeyFiles public keys of service-account tokens
 * @param serviceAccountSigningKeyFile private key that issues them; null for none: then no tokens are issued
 * @param serviceAccountIssuers the first issues, all are accepted
 * @param apiAudiences of tokens for this server; empty for the issuer
 * @param authorizationModes "Node", "RBAC", "AlwaysAllow", in order
 * @param serviceClusterIpRanges one or two CIDRs
 * @param serviceNodePorts "30000-32767"
 * @param advertiseAddress where other hosts reach the secure port
 * @param kubelet how kubelets are reached
 */
public record ApiServerConfig(
        @Nullable Path clientCaFile,
        @Nullable Path requestHeaderCaFile,
        List<String> requestHeaderAllowedNames,
        List<Path> serviceAccountKeyFiles,
        @Nullable Path serviceAccountSigningKeyFile,
        List<String> serviceAccountIssuers,
        List<String> apiAudiences,
        boolean anonymousAuth,
        List<String> authorizationModes,
        List<String> serviceClusterIpRanges,
        String serviceNodePorts,
        InetAddress advertiseAddress,
        int securePort,
        KubeletTls kubelet) {

    /**
     * Client certificate for kubelets and the CA of their serving certificates; all null where logs and exec are not
     * wanted.
     */
    public record KubeletTls(
            @Nullable Path clientCertificate,
            @Nullable Path clientKey,
            @Nullable Path certificateAuthority) {
        public static final KubeletTls NONE = new KubeletTls(null, null, null);
    }

    /** Everybody may do everything, nothing is read from files: for tests of the core. */
    public static ApiServerConfig open() {
        return new ApiServerConfig(
                null,
                null,
                List.of(),
                List.of(),
                null,
                List.of("https://kubernetes.default.svc.cluster.local"),
                List.of(),
                true,
                List.of("AlwaysAllow"),
                List.of("10.96.0.0/12"),
                "30000-32767",
                InetAddress.getLoopbackAddress(),
                6443,
                KubeletTls.NONE);
    }
}
