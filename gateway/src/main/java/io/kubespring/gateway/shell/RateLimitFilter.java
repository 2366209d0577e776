package io.kubespring.gateway.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.gateway.identity.Caller;
import io.kubespring.gateway.limits.CallerKeys;
import io.kubespring.gateway.limits.RateLimits;
import java.time.Duration;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Too many requests of one caller are refused, in words that clients of Kubernetes wait upon. */
final class RateLimitFilter implements GlobalFilter, Ordered {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RateLimits limits;
    private final CallerKeys keys = new CallerKeys();

    RateLimitFilter(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public int getOrder() {
        return FilterOrder.RATE_LIMIT;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Caller caller = Passage.caller(exchange);
        if (!limits.admit(keys.key(caller, Passage.request(exchange).remoteAddress()))) {
            throw new StatusException(
                    StatusReason.TOO_MANY_REQUESTS,
                    StatusReason.TOO_MANY_REQUESTS.code(),
                    "Too many requests, please try again later.",
                    new StatusException.Details("", "", "", "", List.of(), RETRY));
        }
        return chain.filter(exchange)
                .doOnSuccess(answered -> keys.answered(
                        caller, Passage.response(exchange).status().code()));
    }
}
