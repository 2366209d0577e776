package io.kubespring.apiserver.security;

import io.kubespring.apiserver.authentication.x509.FrontProxyAuthenticator;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The API server's security settings, named as upstream's flags.
 *
 * @param clientCaFile bundle that client certificates are verified against; null for no certificate users
 * @param requestHeaderClientCaFile bundle of front proxies; null for none
 * @param requestHeader names and headers of front proxies
 * @param tokenAuthFile static tokens; null for none
 * @param bootstrapTokens {@code --enable-bootstrap-token-auth}
 * @param serviceAccountKeyFiles keys that verify tokens; the signing key's own public half always does
 * @param serviceAccountSigningKeyFile null where no tokens are issued
 * @param serviceAccountIssuers the first issues; all are accepted
 * @param apiAudiences empty for the first issuer
 * @param serviceAccountJwksUri where relying parties find the keys; null for one made from {@code externalAddress}
 * @param externalAddress "host:port" under which the server is reached
 * @param authorizationModes of "Node", "RBAC", "AlwaysAllow", "AlwaysDeny", asked in order
 */
public record SecurityConfig(
        @Nullable Path clientCaFile,
        @Nullable Path requestHeaderClientCaFile,
        FrontProxyAuthenticator.Config requestHeader,
        @Nullable Path tokenAuthFile,
        boolean bootstrapTokens,
        List<Path> serviceAccountKeyFiles,
        @Nullable Path serviceAccountSigningKeyFile,
        List<String> serviceAccountIssuers,
        List<String> apiAudiences,
        boolean extendTokenExpiration,
        @Nullable String serviceAccountJwksUri,
        String externalAddress,
        List<String> authorizationModes,
        boolean anonymousAuth,
        List<String> disabledAdmissionPlugins) {

    public static final String DEFAULT_ISSUER = "https://kubernetes.default.svc.cluster.local";

    public SecurityConfig {
        serviceAccountKeyFiles = List.copyOf(serviceAccountKeyFiles);
        serviceAccountIssuers = List.copyOf(serviceAccountIssuers);
        apiAudiences = apiAudiences.isEmpty() ? List.of(serviceAccountIssuers.getFirst()) : List.copyOf(apiAudiences);
        authorizationModes = List.copyOf(authorizationModes);
        disabledAdmissionPlugins = List.copyOf(disabledAdmissionPlugins);
    }

    /** No certificate, no key, no file: everybody is anonymous and may do anything. For tests and throw-away servers. */
    public static SecurityConfig open() {
        return new SecurityConfig(
                null,
                null,
                FrontProxyAuthenticator.Config.standard(List.of()),
                null,
                false,
                List.of(),
                null,
                List.of(DEFAULT_ISSUER),
                List.of(),
                true,
                null,
                "localhost:6443",
                List.of("AlwaysAllow"),
                true,
                List.of());
    }

    /** As kubeadm sets a server up over a directory of its PKI files. */
    public static SecurityConfig kubeadm(Path pki, String externalAddress) {
        return new SecurityConfig(
                pki.resolve("ca.crt"),
                pki.resolve("front-proxy-ca.crt"),
                FrontProxyAuthenticator.Config.standard(List.of("front-proxy-client")),
                null,
                true,
                List.of(pki.resolve("sa.pub")),
                pki.resolve("sa.key"),
                List.of(DEFAULT_ISSUER),
                List.of(),
                true,
                null,
                externalAddress,
                List.of("Node", "RBAC"),
                true,
                List.of());
    }
}
