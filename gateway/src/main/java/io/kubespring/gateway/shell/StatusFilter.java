package io.kubespring.gateway.shell;

import io.kubespring.api.error.StatusException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The last word on failures: a Status, or a cut connection where an answer has begun. */
final class StatusFilter implements GlobalFilter, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFilter.class);

    @Override
    public int getOrder() {
        return FilterOrder.STATUS;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return Mono.defer(() -> chain.filter(exchange)).onErrorResume(failure -> answer(exchange, failure));
    }

    private static Mono<Void> answer(ServerWebExchange exchange, Throwable failure) {
        if (Passage.response(exchange).hasSentHeaders()) {
            // Too late for another answer: a cut connection tells that something is missing.
            LOG.debug("{} ended early", exchange.getRequest().getPath(), failure);
            Passage.channel(exchange).close();
            return Mono.empty();
        }
        if (failure instanceof StatusException known) {
            return Passage.refuse(exchange, known);
        }
        LOG.error("{} failed", exchange.getRequest().getPath(), failure);
        return Passage.refuse(exchange, StatusException.internal("see the gateway's log"));
    }
}
