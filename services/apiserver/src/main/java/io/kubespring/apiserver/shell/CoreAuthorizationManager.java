package io.kubespring.apiserver.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.ApiServer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Asks the core's authorizers. A refusal is the error itself, so that its Status reaches the client. */
final class CoreAuthorizationManager implements ReactiveAuthorizationManager<ServerWebExchange> {

    private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);

    private final ApiServer server;

    CoreAuthorizationManager(ApiServer server) {
        this.server = server;
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, ServerWebExchange exchange) {
        return authentication
                .switchIfEmpty(Mono.error(StatusException::unauthorized))
                .map(user -> {
                    server.authorize(Exchanges.decoded(exchange).info(), ((KubernetesUser) user).user());
                    return GRANTED;
                });
    }
}
