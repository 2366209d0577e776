package io.kubespring.apiserver.security;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.AuthenticatorUnion;
import io.kubespring.apiserver.authentication.RequestAuthenticator;
import io.kubespring.apiserver.authentication.token.BearerTokenAuthenticator;
import io.kubespring.apiserver.authentication.token.BootstrapTokens;
import io.kubespring.apiserver.authentication.token.ServiceAccountAuthenticator;
import io.kubespring.apiserver.authentication.token.StaticTokens;
import io.kubespring.apiserver.authentication.token.TokenAuthenticator;
import io.kubespring.apiserver.authentication.token.VerificationKeys;
import io.kubespring.apiserver.authentication.x509.CertificateAuthenticator;
import io.kubespring.apiserver.authentication.x509.FrontProxyAuthenticator;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.service.x509.CertificateBundleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the configured authenticators, in upstream's order: front proxy, certificates, tokens, anonymous. */
final class AuthenticatorFactory {

    private final SecurityConfig config;
    private final TimeSource time;
    private final List<CertificateBundleFile> bundles = new ArrayList<>();

    AuthenticatorFactory(SecurityConfig config, TimeSource time) {
        this.config = config;
        this.time = time;
    }

    BearerTokenAuthenticator tokens(VerificationKeys keys, ObjectSource objects) throws IOException {
        var kinds = new ArrayList<TokenAuthenticator>();
        if (config.tokenAuthFile() != null) {
            kinds.add(StaticTokens.load(config.tokenAuthFile()));
        }
        if (!keys.ordered().isEmpty()) {
            kinds.add(new ServiceAccountAuthenticator(config.serviceAccountIssuers(), keys, objects, time));
        }
        if (config.bootstrapTokens()) {
            kinds.add(new BootstrapTokens(objects, time));
        }
        return new BearerTokenAuthenticator(kinds, config.apiAudiences());
    }

    Authenticator request(BearerTokenAuthenticator tokens) {
        var authenticators = new ArrayList<Authenticator>();
        if (config.requestHeaderClientCaFile() != null) {
            authenticators.add(new FrontProxyAuthenticator(
                    config.requestHeader(), bundle(config.requestHeaderClientCaFile()), time));
        }
        if (config.clientCaFile() != null) {
            authenticators.add(new CertificateAuthenticator(bundle(config.clientCaFile()), time));
        }
        authenticators.add(tokens);
        return new RequestAuthenticator(new AuthenticatorUnion(authenticators), config.anonymousAuth());
    }

    private CertificateBundleFile bundle(Path file) {
        var bundle = new CertificateBundleFile(file, time);
        bundles.add(bundle);
        return bundle;
    }

    /** The files being followed, to be closed with the server. */
    List<CertificateBundleFile> bundles() {
        return List.copyOf(bundles);
    }
}
