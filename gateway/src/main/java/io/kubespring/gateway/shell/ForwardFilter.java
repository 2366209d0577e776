package io.kubespring.gateway.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.gateway.identity.Caller;
import io.kubespring.gateway.upstream.Endpoint;
import io.kubespring.gateway.upstream.Endpoints;
import io.kubespring.gateway.upstream.Forwarding;
import io.kubespring.gateway.upstream.Upgrades;
import java.util.function.Consumer;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The end of the chain: to an API server, with the path and query that came in, byte for byte. What they mean is decided
 * there alone, once, for routing and authorization alike; so no spelling of a path can mean one thing here and another there.
 */
final class ForwardFilter implements GatewayFilter {

    private final Endpoints servers;
    private final Forwarding forwarding;
    private final Upgrades upgrades;

    ForwardFilter(Endpoints servers, Forwarding forwarding, Upgrades upgrades) {
        this.servers = servers;
        this.forwarding = forwarding;
        this.upgrades = upgrades;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var request = Passage.request(exchange);
        var response = Passage.response(exchange);
        String target = target(request.uri());
        Caller caller = Passage.caller(exchange);
        Consumer<Endpoint> chosen = server -> exchange.getAttributes().put(Passage.SERVER, server);
        return Upgrades.isUpgrade(request.requestHeaders())
                ? upgrades.pass(request, response, target, caller, chosen)
                : forwarding.forward(servers, request, response, target, caller, chosen);
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
