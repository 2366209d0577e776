package io.kubespring.gateway.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.gateway.upstream.Forwarding;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The end of the chain: to an API server, with the path and query that came in, byte for byte. What they mean is decided
 * there alone, once, for routing and authorization alike; so no spelling of a path can mean one thing here and another there.
 */
final class ForwardFilter implements GatewayFilter {

    private final Forwarding forwarding;

    ForwardFilter(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var request = Passage.request(exchange);
        return forwarding.forward(
                request,
                Passage.response(exchange),
                target(request.uri()),
                Passage.caller(exchange),
                server -> exchange.getAttributes().put(Passage.SERVER, server));
    }

    /** A fragment, or a letter of no URI, could be cut off or changed on the way. */
    private static String target(String uri) {
        boolean plain = uri.startsWith("/") && uri.chars().allMatch(each -> each > ' ' && each <= '~' && each != '#');
        if (!plain) {
            throw StatusException.badRequest("the path cannot be decoded");
        }
        return uri;
    }
}
