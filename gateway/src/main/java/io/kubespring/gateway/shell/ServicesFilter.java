package io.kubespring.gateway.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.gateway.identity.Caller;
import io.kubespring.gateway.services.AccessCheck;
import io.kubespring.gateway.services.ServicePath;
import io.kubespring.gateway.services.Services;
import io.kubespring.gateway.upstream.Endpoints;
import io.kubespring.gateway.upstream.Forwarding;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /services}: the health of everything in one answer; {@code /services/<name>/actuator/…}: a service's Actuator, in the
 * caller's name. Both for whom the API server allows to get that path.
 */
final class ServicesFilter implements GatewayFilter {

    private static final String ALL = "/services";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Endpoints apiServers;
    private final Services services;
    private final AccessCheck access;
    private final Forwarding forwarding;

    ServicesFilter(Endpoints apiServers, Services services, AccessCheck access, Forwarding forwarding) {
        this.apiServers = apiServers;
        this.services = services;
        this.access = access;
        this.forwarding = forwarding;
    }

    /** The API server serves nothing below that name. */
    static boolean isFor(String uri) {
        return uri.startsWith(ALL) && (uri.length() == ALL.length() || "/?".indexOf(uri.charAt(ALL.length())) >= 0);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var request = Passage.request(exchange);
        if (!request.method().equals(HttpMethod.GET)) {
            throw StatusException.noSuchMethod();
        }
        int query = request.uri().indexOf('?');
        String path = query < 0 ? request.uri() : request.uri().substring(0, query);
        Caller caller = Passage.caller(exchange);
        if (path.equals(ALL)) {
            return access.get(path, caller, request.requestHeaders()).then(Mono.defer(() -> health(exchange)));
        }
        ServicePath wanted = ServicePath.parse(path);
        Endpoints service = wanted == null ? null : services.named(wanted.name());
        if (wanted == null || service == null) {
            throw StatusException.noSuchResource();
        }
        String target = wanted.path() + (query < 0 ? "" : request.uri().substring(query));
        return access.get(path, caller, request.requestHeaders())
                .then(Mono.defer(() -> forwarding.forward(
                        service,
                        request,
                        Passage.response(exchange),
                        target,
                        caller,
                        server -> exchange.getAttributes().put(Passage.SERVER, server))));
    }

    private Mono<Void> health(ServerWebExchange exchange) {
        Map<String, Boolean> health = services.health();
        boolean up = apiServers.anyReady() && !health.containsValue(false);
        ObjectNode answer = Json.object().put("status", word(up));
        ObjectNode servers = answer.putObject("apiServers");
        apiServers.all().forEach(each -> servers.put(each.toString(), word(each.ready())));
        ObjectNode named = answer.putObject("services");
        health.forEach((name, ready) -> named.put(name, word(ready)));
        return Passage.answer(exchange, up ? OK : UNAVAILABLE, answer);
    }

    private static String word(boolean up) {
        return up ? "UP" : "OUT_OF_SERVICE";
    }
}
