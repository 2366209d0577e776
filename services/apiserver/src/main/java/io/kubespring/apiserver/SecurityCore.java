package io.kubespring.apiserver;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.AuthenticatorUnion;
import io.kubespring.apiserver.authentication.RequestAuthenticator;
import io.kubespring.apiserver.authentication.impersonation.Impersonation;
import io.kubespring.apiserver.authentication.review.IdentityReviews;
import io.kubespring.apiserver.authentication.token.BearerTokenAuthenticator;
import io.kubespring.apiserver.authentication.token.KeyFiles;
import io.kubespring.apiserver.authentication.token.ServiceAccountAuthenticator;
import io.kubespring.apiserver.authentication.token.TokenAuthenticator;
import io.kubespring.apiserver.authentication.token.TokenIssuer;
import io.kubespring.apiserver.authentication.token.TokenRequests;
import io.kubespring.apiserver.authentication.token.VerificationKeys;
import io.kubespring.apiserver.authentication.x509.CertificateAuthenticator;
import io.kubespring.apiserver.authentication.x509.CertificateBundleFile;
import io.kubespring.apiserver.authentication.x509.FrontProxyAuthenticator;
import io.kubespring.apiserver.authorization.AlwaysAllowAuthorizer;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.AuthorizerUnion;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.authorization.PrivilegedGroupAuthorizer;
import io.kubespring.apiserver.authorization.node.NodeAuthorizer;
import io.kubespring.apiserver.authorization.rbac.RbacAuthorizer;
import io.kubespring.apiserver.authorization.rbac.RbacRules;
import io.kubespring.apiserver.authorization.review.AccessReviews;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Authentication and authorization as configured. */
final class SecurityCore implements AutoCloseable {

    private final List<AutoCloseable> files = new ArrayList<>();
    private final List<PublicKey> keys = new ArrayList<>();
    private final RbacRules rules;
    private final BearerTokenAuthenticator tokens;
    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final @Nullable TokenRequests tokenRequests;
    private final TimeSource time;

    SecurityCore(ApiServerConfig config, ObjectSource objects, TimeSource time, RandomSource random) {
        this.time = time;
        rules = new RbacRules(objects);
        List<String> audiences =
                config.apiAudiences().isEmpty() ? config.serviceAccountIssuers().subList(0, 1) : config.apiAudiences();
        TokenIssuer issuer = issuer(config);
        tokenRequests = issuer == null ? null : new TokenRequests(issuer, audiences, true, objects, time, random);
        config.serviceAccountKeyFiles().forEach(file -> keys.addAll(publicKeys(file)));
        List<TokenAuthenticator> kinds = keys.isEmpty()
                ? List.of()
                : List.of(new ServiceAccountAuthenticator(
                        config.serviceAccountIssuers(), new VerificationKeys(keys), objects, time));
        tokens = new BearerTokenAuthenticator(kinds, audiences);
        authenticator = new RequestAuthenticator(union(config), config.anonymousAuth());
        authorizer = authorizer(config, objects);
    }

    private Authenticator union(ApiServerConfig config) {
        List<Authenticator> all = new ArrayList<>();
        if (config.requestHeaderCaFile() != null) {
            all.add(new FrontProxyAuthenticator(
                    FrontProxyAuthenticator.Config.standard(config.requestHeaderAllowedNames()),
                    opened(config.requestHeaderCaFile()),
                    time));
        }
        if (config.clientCaFile() != null) {
            all.add(new CertificateAuthenticator(opened(config.clientCaFile()), time));
        }
        all.add(tokens);
        return new AuthenticatorUnion(all);
    }

    private CertificateBundleFile opened(Path file) {
        var bundle = new CertificateBundleFile(file, time);
        files.add(bundle);
        return bundle;
    }

    private Authorizer authorizer(ApiServerConfig config, ObjectSource objects) {
        List<Authorizer> all = new ArrayList<>();
        all.add(new PrivilegedGroupAuthorizer());
        for (String mode : config.authorizationModes()) {
            all.add(
                    switch (mode) {
                        case "RBAC" -> new RbacAuthorizer(rules);
                        case "Node" -> new NodeAuthorizer(objects, List.of());
                        case "AlwaysAllow" -> new AlwaysAllowAuthorizer();
                        default ->
                            throw new IllegalArgumentException("authorization-mode: \"" + mode
                                    + "\" is not served; choose among AlwaysAllow, Node, RBAC");
                    });
        }
        return new AuthorizerUnion(all);
    }

    private static @Nullable TokenIssuer issuer(ApiServerConfig config) {
        Path file = config.serviceAccountSigningKeyFile();
        if (file == null) {
            return null;
        }
        try {
            return new TokenIssuer(config.serviceAccountIssuers().getFirst(), KeyFiles.privateKey(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("service-account-signing-key-file: " + unreadable.getMessage(), unreadable);
        }
    }

    private static List<PublicKey> publicKeys(Path file) {
        try {
            return KeyFiles.publicKeys(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("service-account-key-file: " + unreadable.getMessage(), unreadable);
        }
    }

    Authenticator authenticator() {
        return authenticator;
    }

    Authorizer authorizer() {
        return authorizer;
    }

    Impersonation impersonation() {
        return new Impersonation(authorizer);
    }

    @Nullable
    TokenRequests tokenRequests() {
        return tokenRequests;
    }

    AccessReviews accessReviews() {
        return new AccessReviews(authorizer, rules);
    }

    IdentityReviews identityReviews() {
        return new IdentityReviews(tokens, time);
    }

    RbacRules rules() {
        return rules;
    }

    /** The public keys that tokens are verified with. */
    VerificationKeys verificationKeys() {
        return new VerificationKeys(keys);
    }

    @Override
    public void close() {
        for (AutoCloseable each : files) {
            try {
                each.close();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
