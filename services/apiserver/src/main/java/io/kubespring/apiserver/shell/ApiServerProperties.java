package io.kubespring.apiserver.shell;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The flags, named as upstream's.
 *
 * @param bindAddress address of the secure port
 * @param securePort HTTPS; 0 for any free one
 * @param insecurePort plain HTTP on 127.0.0.1 without authentication; 0 for none, negative for any free one
 * @param tlsCertFile serving certificate; made up in {@code certDir} if there is none
 * @param storageFile the embedded store's database; "memory" keeps nothing
 * @param etcdServers not served yet
 */
@ConfigurationProperties("kubespring.apiserver")
public record ApiServerProperties(
        @DefaultValue("0.0.0.0") String bindAddress,
        @DefaultValue("6443") int securePort,
        @DefaultValue("0") int insecurePort,
        @Nullable Path tlsCertFile,
        @Nullable Path tlsPrivateKeyFile,
        @DefaultValue("/var/lib/kubespring/apiserver") Path certDir,
        @Nullable Path clientCaFile,
        @Nullable Path requestheaderClientCaFile,
        @Nullable Path serviceAccountKeyFile,
        @Nullable Path serviceAccountSigningKeyFile,

        @DefaultValue("https://kubernetes.default.svc.cluster.local")
        String serviceAccountIssuer,

        @DefaultValue({}) List<String> apiAudiences,
        @DefaultValue("10.96.0.0/12") String serviceClusterIpRange,
        @DefaultValue("30000-32767") String serviceNodePortRange,
        @DefaultValue("RBAC,Node") List<String> authorizationMode,
        @DefaultValue("true") boolean anonymousAuth,
        @Nullable String advertiseAddress,
        @Nullable Path kubeletClientCertificate,
        @Nullable Path kubeletClientKey,
        @Nullable Path kubeletCertificateAuthority,
        @DefaultValue({}) List<String> etcdServers,

        @DefaultValue("/var/lib/kubespring/apiserver/state.db")
        String storageFile) {}
