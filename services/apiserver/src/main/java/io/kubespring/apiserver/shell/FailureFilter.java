package io.kubespring.apiserver.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.request.ApiResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** The last word on failures in front of the core: all of them are answered as a Status. */
final class FailureFilter implements WebFilter {

    private static final Logger LOG = LoggerFactory.getLogger(FailureFilter.class);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).onErrorResume(failure -> answer(exchange, failure));
    }

    private static Mono<Void> answer(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            LOG.debug("{} ended early", exchange.getRequest().getPath(), failure);
            return Mono.error(failure);
        }
        StatusException status;
        if (failure instanceof StatusException known) {
            status = known;
        } else {
            LOG.error(
                    "{} {} failed",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    failure);
            status = StatusException.internal("see the server's log");
        }
        return ResponseWriter.write(exchange, ApiResponse.of(status));
    }
}
