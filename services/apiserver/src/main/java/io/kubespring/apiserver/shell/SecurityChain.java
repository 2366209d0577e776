package io.kubespring.apiserver.shell;

import io.kubespring.apiserver.ApiServerCore;
import java.util.List;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * The Spring Security chain: failures become Statuses, then authentication, then authorization; nothing else. No sessions,
 * no CSRF, no headers of its own: clients are not browsers.
 */
final class SecurityChain {

    private SecurityChain() {}

    static SecurityWebFilterChain of(ApiServerCore core) {
        var authentication =
                new AuthenticationWebFilter(new CoreAuthenticationManager(core.authenticator(), core.impersonation()));
        authentication.setServerAuthenticationConverter(
                exchange -> Mono.just(new PresentedCredentials(Exchanges.credentials(exchange))));
        authentication.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
        var authorization = new AuthorizationWebFilter(new CoreAuthorizationManager(core.server()));
        return new MatcherSecurityWebFilterChain(
                ServerWebExchangeMatchers.anyExchange(),
                List.<WebFilter>of(new FailureFilter(), authentication, authorization));
    }
}
