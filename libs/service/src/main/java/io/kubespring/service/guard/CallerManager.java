package io.kubespring.service.guard;

import io.kubespring.api.error.StatusException;
import io.kubespring.service.access.Caller;
import io.kubespring.service.access.CallerAuthenticator;
import io.kubespring.service.access.FrontProxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import reactor.core.publisher.Mono;

/** The front proxy's word first, then the caller's own certificate or token. Whatever is wrong with them is 401. */
final class CallerManager implements ReactiveAuthenticationManager {

    private static final Logger LOG = LoggerFactory.getLogger(CallerManager.class);

    private final FrontProxy proxy;
    private final CallerAuthenticator authenticator;

    CallerManager(FrontProxy proxy, CallerAuthenticator authenticator) {
        this.proxy = proxy;
        this.authenticator = authenticator;
    }

    private static List<String> values(HttpHeaders headers, String name) {
        List<String> values = headers.get(name);
        return values == null ? List.of() : values;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication authentication) {
        var presented = (PresentedCredentials) authentication;
        HttpHeaders headers = presented.headers();
        Caller proxied = proxy.caller(presented.chain(), name -> values(headers, name));
        Mono<Caller> caller = proxied != null
                ? Mono.just(proxied)
                : authenticator.authenticate(presented.chain(), headers.getFirst(HttpHeaders.AUTHORIZATION));
        return caller.onErrorMap(failure -> {
                    LOG.debug("unable to authenticate a request: {}", failure.getMessage());
                    return StatusException.unauthorized();
                })
                .<Authentication>map(KnownCaller::new)
                .switchIfEmpty(Mono.error(StatusException::unauthorized));
    }
}
