package io.kubespring.service.guard;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Answers refusals, and an API server that cannot be asked, with a Status. */
final class StatusFilter implements WebFilter {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFilter.class);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange)
                .onErrorResume(StatusException.class, refusal -> answer(exchange.getResponse(), refusal));
    }

    private static Mono<Void> answer(ServerHttpResponse response, StatusException refusal) {
        if (response.isCommitted()) {
            LOG.debug("too late to answer", refusal);
            return Mono.error(refusal);
        }
        response.setStatusCode(HttpStatusCode.valueOf(refusal.code()));
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(Json.write(refusal.toStatus()))));
    }
}
