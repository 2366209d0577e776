package io.kubespring.gateway.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.gateway.identity.Caller;
import io.netty.channel.Channel;
import java.util.Objects;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** What the filters read and leave behind on an exchange. */
final class Passage {

    private static final String CALLER = "kubespring.caller";

    /** Where a request went; for the access log. */
    static final String SERVER = "kubespring.server";

    private Passage() {}

    static HttpServerRequest request(ServerWebExchange exchange) {
        return ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
    }

    static HttpServerResponse response(ServerWebExchange exchange) {
        return ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
    }

    /** The request's connection, or its stream of one. */
    static Channel channel(ServerWebExchange exchange) {
        return ((Connection) request(exchange)).channel();
    }

    static void identify(ServerWebExchange exchange, Caller caller) {
        exchange.getAttributes().put(CALLER, caller);
    }

    /** Who it is, once that is known. */
    static Caller caller(ServerWebExchange exchange) {
        return Objects.requireNonNull(exchange.getAttribute(CALLER), "not identified yet");
    }

    static boolean identified(ServerWebExchange exchange) {
        return exchange.getAttribute(CALLER) != null;
    }

    /** Answers instead of anybody behind the gateway. */
    static Mono<Void> refuse(ServerWebExchange exchange, StatusException status) {
        var retryAfter = status.details().retryAfter();
        if (retryAfter != null) {
            response(exchange).header("retry-after", Long.toString(retryAfter.toSeconds()));
        }
        return answer(exchange, status.code(), status.toStatus());
    }

    static Mono<Void> answer(ServerWebExchange exchange, int code, ObjectNode content) {
        byte[] body = Json.write(content);
        return response(exchange)
                .status(code)
                .header("content-type", "application/json")
                .header("cache-control", "no-cache, private")
                .header("content-length", Integer.toString(body.length))
                .sendByteArray(Mono.just(body))
                .then();
    }
}
