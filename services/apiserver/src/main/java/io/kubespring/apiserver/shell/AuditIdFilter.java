package io.kubespring.apiserver.shell;

import io.kubespring.api.time.RandomSource;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives every answer the name under which the request can be looked for: the client's own, or one of ours. */
final class AuditIdFilter implements WebFilter {

    private static final String HEADER = "Audit-Id";

    private final RandomSource random;

    AuditIdFilter(RandomSource random) {
        this.random = random;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String given = exchange.getRequest().getHeaders().getFirst(HEADER);
        exchange.getResponse()
                .getHeaders()
                .set(HEADER, given == null || given.isEmpty() ? random.uuid().toString() : given);
        return chain.filter(exchange);
    }
}
