package io.kubespring.gateway.shell;

import io.kubespring.gateway.identity.Callers;
import io.kubespring.service.x509.PeerCertificates;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Finds out who asks, or refuses. */
final class CallerFilter implements GlobalFilter, Ordered {

    private final Callers callers;

    CallerFilter(Callers callers) {
        this.callers = callers;
    }

    @Override
    public int getOrder() {
        return FilterOrder.CALLER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var chainOfTrust = PeerCertificates.of(Passage.channel(exchange));
        Passage.identify(
                exchange, callers.of(chainOfTrust, Passage.request(exchange).requestHeaders()));
        return chain.filter(exchange);
    }
}
