package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.ApiServerCore;
import java.util.List;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * The Spring Security filters of every request: a turn on the event loop, failures become Statuses, then authentication, then the limits, then
 * authorization; nothing else. No sessions, no CSRF, no headers of its own: clients are not browsers. They stand in the handler's own chain, since
 * there is one chain only: choosing it for each request would cost a tenth of a GET, and the firewall of Spring's proxy
 * refuses legitimate paths without a Status.
 */
final class SecurityChain {

    private SecurityChain() {}

    static List<WebFilter> of(ApiServerCore core, TimeSource time) {
        var authentication =
                new AuthenticationWebFilter(new CoreAuthenticationManager(core.authenticator(), core.impersonation()));
        authentication.setServerAuthenticationConverter(
                exchange -> Mono.just(new PresentedCredentials(Exchanges.credentials(exchange))));
        authentication.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
        var authorization = new AuthorizationWebFilter(new CoreAuthorizationManager(core.server()));
        return List.of(
                new TurnFilter(time),
                new FailureFilter(),
                authentication,
                new RequestLimitsFilter(core.server().limits(), time),
                authorization);
    }
}
