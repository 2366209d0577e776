package io.kubespring.apiserver.security;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.admission.plugins.AdmissionPlugins;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.impersonation.Impersonation;
import io.kubespring.apiserver.authentication.review.IdentityReviews;
import io.kubespring.apiserver.authentication.token.BearerTokenAuthenticator;
import io.kubespring.apiserver.authentication.token.KeyFiles;
import io.kubespring.apiserver.authentication.token.OpenIdDocuments;
import io.kubespring.apiserver.authentication.token.TokenIssuer;
import io.kubespring.apiserver.authentication.token.TokenRequests;
import io.kubespring.apiserver.authentication.token.VerificationKeys;
import io.kubespring.apiserver.authorization.AlwaysAllowAuthorizer;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.AuthorizerUnion;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.authorization.PrivilegedGroupAuthorizer;
import io.kubespring.apiserver.authorization.node.NodeAuthorizer;
import io.kubespring.apiserver.authorization.rbac.RbacAuthorizer;
import io.kubespring.apiserver.authorization.rbac.RbacRules;
import io.kubespring.apiserver.authorization.review.AccessReviews;
import io.kubespring.apiserver.bootstrap.BootstrapRole;
import io.kubespring.apiserver.bootstrap.RoleTable;
import io.kubespring.apiserver.metrics.SecurityMetrics;
import io.kubespring.service.x509.CertificateBundleFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about security that one server needs, made from its configuration. */
public final class ApiServerSecurity implements AutoCloseable {

    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final Impersonation impersonation;
    private final AdmissionChain admission;
    private final AccessReviews accessReviews;
    private final IdentityReviews identityReviews;
    private final @Nullable TokenRequests tokenRequests;
    private final @Nullable OpenIdDocuments openId;
    private final List<CertificateBundleFile> bundles;

    /**
     * @throws UncheckedIOException if a configured file cannot be read
     * @throws IllegalArgumentException for a file or mode that makes no sense
     */
    public ApiServerSecurity(
            SecurityConfig config,
            ObjectSource objects,
            TimeSource time,
            RandomSource random,
            SecurityMetrics metrics) {
        try {
            TokenIssuer issuer = config.serviceAccountSigningKeyFile() == null
                    ? null
                    : new TokenIssuer(
                            config.serviceAccountIssuers().getFirst(),
                            KeyFiles.privateKey(config.serviceAccountSigningKeyFile()));
            VerificationKeys keys = keys(config, issuer);
            var factory = new AuthenticatorFactory(config, time);
            BearerTokenAuthenticator tokens = factory.tokens(keys, objects);
            var rules = new RbacRules(objects);
            authenticator = metrics.observed(factory.request(tokens));
            bundles = factory.bundles();
            authorizer = metrics.observed(authorizer(config, rules, objects));
            impersonation = new Impersonation(authorizer);
            admission = AdmissionPlugins.standard(objects, rules, authorizer, random)
                    .without(config.disabledAdmissionPlugins())
                    .observed(metrics.admission());
            accessReviews = new AccessReviews(authorizer, rules);
            identityReviews = new IdentityReviews(tokens, time);
            tokenRequests = issuer == null
                    ? null
                    : new TokenRequests(
                            issuer, config.apiAudiences(), config.extendTokenExpiration(), objects, time, random);
            openId = issuer == null ? null : new OpenIdDocuments(issuer.issuer(), keysUri(config), keys);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
        }
    }

    private static VerificationKeys keys(SecurityConfig config, @Nullable TokenIssuer issuer) throws IOException {
        var keys = new ArrayList<PublicKey>();
        if (issuer != null) {
            keys.add(issuer.publicKey());
        }
        for (Path file : config.serviceAccountKeyFiles()) {
            keys.addAll(KeyFiles.publicKeys(file));
        }
        return new VerificationKeys(keys);
    }

    private static String keysUri(SecurityConfig config) {
        String configured = config.serviceAccountJwksUri();
        return configured == null ? "https://" + config.externalAddress() + OpenIdDocuments.KEYS_PATH : configured;
    }

    private static Authorizer authorizer(SecurityConfig config, RbacRules rules, ObjectSource objects) {
        var authorizers = new ArrayList<Authorizer>();
        authorizers.add(new PrivilegedGroupAuthorizer());
        for (String mode : config.authorizationModes()) {
            authorizers.add(
                    switch (mode) {
                        case "Node" -> new NodeAuthorizer(objects, nodeRole().rules());
                        case "RBAC" -> new RbacAuthorizer(rules);
                        case "AlwaysAllow" -> new AlwaysAllowAuthorizer();
                        case "AlwaysDeny" -> attributes -> Decision.noOpinion("Everything is forbidden.");
                        default ->
                            throw new IllegalArgumentException("--authorization-mode: unknown mode \"" + mode + "\"");
                    });
        }
        return new AuthorizerUnion(authorizers);
    }

    private static BootstrapRole nodeRole() {
        return RoleTable.builtIn().stream()
                .filter(role -> role.name().equals("system:node"))
                .findFirst()
                .orElseThrow();
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    public Authorizer authorizer() {
        return authorizer;
    }

    /** Applied to an authenticated user before anything is authorized. */
    public Impersonation impersonation() {
        return impersonation;
    }

    public AdmissionChain admission() {
        return admission;
    }

    public AccessReviews accessReviews() {
        return accessReviews;
    }

    public IdentityReviews identityReviews() {
        return identityReviews;
    }

    /** Null where no signing key is configured. */
    public @Nullable TokenRequests tokenRequests() {
        return tokenRequests;
    }

    /** Null where no signing key is configured. */
    public @Nullable OpenIdDocuments openId() {
        return openId;
    }

    @Override
    public void close() {
        bundles.forEach(CertificateBundleFile::close);
    }
}
