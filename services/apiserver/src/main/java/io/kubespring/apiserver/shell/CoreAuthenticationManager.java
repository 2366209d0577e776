package io.kubespring.apiserver.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.impersonation.Impersonation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import reactor.core.publisher.Mono;

/** Asks the core's authenticators, then impersonation; what they refuse is 401, whatever the reason. */
final class CoreAuthenticationManager implements ReactiveAuthenticationManager {

    private static final Logger LOG = LoggerFactory.getLogger(CoreAuthenticationManager.class);

    private final Authenticator authenticator;
    private final Impersonation impersonation;

    CoreAuthenticationManager(Authenticator authenticator, Impersonation impersonation) {
        this.authenticator = authenticator;
        this.impersonation = impersonation;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication presented) {
        var credentials = ((PresentedCredentials) presented).getCredentials();
        return switch (authenticator.authenticate(credentials)) {
            case io.kubespring.apiserver.authentication.Authentication.Authenticated proof ->
                Mono.fromCallable(
                        () -> new KubernetesUser(impersonation.effectiveUser(proof.user(), credentials.headers())));
            case io.kubespring.apiserver.authentication.Authentication.NoOpinion nothing ->
                Mono.error(StatusException.unauthorized());
            case io.kubespring.apiserver.authentication.Authentication.Rejected rejected -> {
                LOG.debug("Unable to authenticate the request: {}", rejected.reason());
                yield Mono.error(StatusException.unauthorized());
            }
        };
    }
}
