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
        Channel client = ForwardedUpgrade.client(request);
        var candidates = servers.inTurn().iterator();
        // Whatever body there is has to be read: what follows it belongs to the new protocol.
        return request.receive().then(attempt(client, request, response, target, caller, chosen, candidates));
    }

    private Mono<Void> attempt(
            Channel client,
            HttpServerRequest request,
            HttpServerResponse response,
            String target,
            Caller caller,
            Consumer<Endpoint> chosen,
            Iterator<Endpoint> candidates) {
        Endpoint server = candidates.next();
        chosen.accept(server);
        return Mono.defer(() -> ForwardedUpgrade.pass(
                        client,
                        response,
                        connections.target(caller, server),
                        question(request, target, caller),
                        tunnels))
                .onErrorResume(failure -> {
                    if (failure instanceof StatusException || response.hasSentHeaders()) {
                        return Mono.error(failure);
                    }
                    if (Unsent.is(failure)) {
                        server.unreachable();
                        if (candidates.hasNext()) {
                            return attempt(client, request, response, target, caller, chosen, candidates);
                        }
                    }
                    return Mono.error(Unsent.status(
                            "error dialing API server: " + DialFailure.text(server.host(), server.port(), failure)));
                });
    }

    private static FullHttpRequest question(HttpServerRequest request, String target, Caller caller) {
        var asked = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, request.method(), target, Unpooled.EMPTY_BUFFER);
        PassedHeaders.upgrade(request.requestHeaders(), asked.headers(), caller, request.remoteAddress());
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
