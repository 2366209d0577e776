package io.kubespring.service.guard;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.service.access.AccessQuestion;
import io.kubespring.service.access.AccessReviews;
import io.kubespring.service.access.Caller;
import java.util.Locale;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Asks the API server whether the caller may use this path. A refusal is the error itself, so that its Status is answered. */
final class PathAuthorization implements ReactiveAuthorizationManager<ServerWebExchange> {

    private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);

    private final AccessReviews reviews;

    PathAuthorization(AccessReviews reviews) {
        this.reviews = reviews;
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, ServerWebExchange exchange) {
        String verb = exchange.getRequest().getMethod().name().toLowerCase(Locale.ROOT);
        String path = exchange.getRequest().getPath().value();
        return authentication
                .switchIfEmpty(Mono.error(StatusException::unauthorized))
                .map(known -> ((KnownCaller) known).caller())
                .flatMap(caller -> reviews.allowed(new AccessQuestion.Path(caller, verb, path))
                        .flatMap(allowed -> allowed ? Mono.just(GRANTED) : Mono.error(refusal(caller, verb, path))));
    }

    private static StatusException refusal(Caller caller, String verb, String path) {
        return new StatusException(
                StatusReason.FORBIDDEN,
                "forbidden: User \"" + caller.name() + "\" cannot " + verb + " path \"" + path + "\"");
    }
}
