package io.kubespring.gateway.upstream;

import io.kubespring.api.error.StatusException;
import io.kubespring.gateway.identity.Caller;
import io.kubespring.gateway.identity.PassedHeaders;
import io.kubespring.service.upgrade.DialFailure;
import io.kubespring.service.upgrade.ForwardedUpgrade;
import io.kubespring.service.upgrade.Tunnels;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * exec, attach, port-forward and proxied WebSockets: the API server is asked for the upgrade on a connection of its own, and
 * whatever the protocol (SPDY/3.1, WebSocket with any sub-protocol), its bytes pass unread.
 */
public final class Upgrades implements AutoCloseable {

    private final Endpoints servers;
    private final Connections connections;
    private final Tunnels tunnels = new Tunnels();

    public Upgrades(Endpoints servers, Connections connections) {
        this.servers = servers;
        this.connections = connections;
    }

    /** Whether the client asks to leave HTTP. */
    public static boolean isUpgrade(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.UPGRADE)) {
            return false;
        }
        return headers.getAll(HttpHeaderNames.CONNECTION).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("upgrade"));
    }

    /**
     * @param target path and query, as they are to be sent
     * @param chosen is told of every server that is tried
     * @return ends with the client's connection, or when a refusal was passed on
     */
    public Mono<Void> pass(
            HttpServerRequest request,
            HttpServerResponse response,
            String target,
            Caller caller,
            Consumer<Endpoint> chosen) {
        var exchange = new Exchange(ForwardedUpgrade.client(request), request, response, target, caller, chosen);
        // Whatever body there is has to be read: what follows it belongs to the new protocol.
        return request.receive().then(attempt(exchange, servers.inTurn().iterator()));
    }

    private record Exchange(
            Channel client,
            HttpServerRequest request,
            HttpServerResponse response,
            String target,
            Caller caller,
            Consumer<Endpoint> chosen) {}

    private Mono<Void> attempt(Exchange exchange, Iterator<Endpoint> candidates) {
        Endpoint server = candidates.next();
        exchange.chosen().accept(server);
        return Mono.defer(() -> ForwardedUpgrade.pass(
                        exchange.client(),
                        exchange.response(),
                        connections.target(exchange.caller(), server),
                        question(exchange),
                        tunnels))
                .onErrorResume(failure -> failed(exchange, server, candidates, failure));
    }

    private Mono<Void> failed(Exchange exchange, Endpoint server, Iterator<Endpoint> candidates, Throwable failure) {
        if (failure instanceof StatusException || exchange.response().hasSentHeaders()) {
            return Mono.error(failure);
        }
        if (Unsent.is(failure)) {
            server.unreachable();
            if (candidates.hasNext()) {
                return attempt(exchange, candidates);
            }
        }
        return Mono.error(
                Unsent.status("error dialing API server: " + DialFailure.text(server.host(), server.port(), failure)));
    }

    private static FullHttpRequest question(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        var asked = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, request.method(), exchange.target(), Unpooled.EMPTY_BUFFER);
        PassedHeaders.upgrade(request.requestHeaders(), asked.headers(), exchange.caller(), request.remoteAddress());
        asked.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        if (!request.method().equals(HttpMethod.GET)) {
            asked.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
        return asked;
    }

    @Override
    public void close() {
        tunnels.close();
    }
}
