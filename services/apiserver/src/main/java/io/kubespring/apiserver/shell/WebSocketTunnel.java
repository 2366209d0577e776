package io.kubespring.apiserver.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.request.ApiResponse;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * Hands a client's connection through to a WebSocket elsewhere. The far side is connected first, so that its refusal is
 * still a Status for the client; then frames, their back-pressure and close codes pass both ways.
 */
final class WebSocketTunnel {

    private static final int MAX_FRAME = 1024 * 1024;

    private WebSocketTunnel() {}

    static Mono<Void> open(ServerWebExchange exchange, ApiResponse.Tunnel tunnel) {
        var spec = WebsocketClientSpec.builder()
                .protocols(String.join(",", tunnel.protocols()))
                .maxFramePayloadLength(MAX_FRAME)
                .build();
        return tunnel.client()
                .websocket(spec)
                .uri(tunnel.target())
                .connect()
                .onErrorMap(failure -> StatusException.internal("error dialing backend: " + failure.getMessage()))
                .flatMap(far -> accept(exchange, far));
    }

    private static Mono<Void> accept(ServerWebExchange exchange, Connection far) {
        var farIn = (WebsocketInbound) far.inbound();
        var farOut = (WebsocketOutbound) far.outbound();
        String protocol = farIn.selectedSubprotocol();
        HttpServerResponse near = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        var spec = WebsocketServerSpec.builder().maxFramePayloadLength(MAX_FRAME);
        if (protocol != null) {
            spec.protocols(protocol);
        }
        // What sendWebsocket returns ends with the handshake; the far side lives as long as the bridge.
        return near.sendWebsocket(
                        (in, out) -> bridge(in, out, farIn, farOut).doFinally(end -> far.dispose()), spec.build())
                .doOnError(refused -> far.dispose());
    }

    private static Mono<Void> bridge(
            WebsocketInbound nearIn, WebsocketOutbound nearOut, WebsocketInbound farIn, WebsocketOutbound farOut) {
        Mono<Void> toFar = pump(nearIn, farOut);
        Mono<Void> toNear = pump(farIn, nearOut);
        return Mono.firstWithSignal(toFar.then(Mono.never()), toNear);
    }

    /** Everything from one side, and then its close code. */
    private static Mono<Void> pump(WebsocketInbound from, WebsocketOutbound to) {
        // A side whose reading is cancelled closes at once, without a code. So the end of one side's writing must not
        // reach
        // the other side's reading: the close code has to come through first.
        Flux<WebSocketFrame> frames =
                from.receiveFrames().map(WebSocketFrame::retain).publish(1).autoConnect(1);
        return to.sendObject(frames, frame -> true)
                .then()
                .then(from.receiveCloseStatus().defaultIfEmpty(WebSocketCloseStatus.NORMAL_CLOSURE))
                .flatMap(
                        status -> sendable(status) ? to.sendClose(status.code(), status.reasonText()) : to.sendClose());
    }

    /** Codes that say "no code was there" must not be sent. */
    private static boolean sendable(WebSocketCloseStatus status) {
        return WebSocketCloseStatus.isValidStatusCode(status.code());
    }
}
