package io.kubespring.apiserver.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.DirectAnswer;
import io.netty.channel.Channel;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Writes the core's answers to a WebFlux exchange without copying their bytes. */
final class ResponseWriter {

    private static final String NO_CACHE = "no-cache, private";

    private ResponseWriter() {}

    static Mono<Void> write(ServerWebExchange exchange, ApiResponse answer, TimeSource time) {
        return switch (answer) {
            case ApiResponse.Bytes bytes -> write(exchange, bytes);
            case ApiResponse.Streamed streamed -> streamed(exchange, streamed, time);
            case ApiResponse.Direct direct -> direct(exchange, direct.answer());
        };
    }

    private static Mono<Void> direct(ServerWebExchange exchange, DirectAnswer answer) {
        HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        return answer.serve(request, response).onErrorResume(failure -> {
            if (failure instanceof StatusException refused && !response.hasSentHeaders()) {
                return write(exchange, ApiResponse.of(refused));
            }
            // Too late for another answer: a cut connection tells that something is missing.
            ((Connection) request).channel().close();
            return Mono.empty();
        });
    }

    static Mono<Void> write(ServerWebExchange exchange, ApiResponse.Bytes answer) {
        ServerHttpResponse response = started(exchange, answer, answer.contentType());
        byte[] body = answer.body();
        if (body.length > Gzip.THRESHOLD && Gzip.accepted(exchange.getRequest())) {
            compressed(response.getHeaders());
            body = Gzip.whole(body);
        }
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static Mono<Void> streamed(ServerWebExchange exchange, ApiResponse.Streamed answer, TimeSource time) {
        ServerHttpResponse response = started(exchange, answer, answer.contentType());
        DataBufferFactory buffers = response.bufferFactory();
        Flux<byte[]> pieces = answer.body();
        if (!answer.longRunning() && Gzip.accepted(exchange.getRequest())) {
            compressed(response.getHeaders());
            pieces = Gzip.streamed(pieces);
        }
        if (Exchanges.channel(exchange) instanceof Channel channel) {
            if (answer.longRunning()) {
                return response.writeAndFlushWith(headersFirst(buffers, new LoopBody(pieces, channel, time)));
            }
            pieces = new PacedBody(pieces, channel);
        }
        return response.writeAndFlushWith(pieces.map(each -> Mono.just(buffers.wrap(each))));
    }

    private static void compressed(HttpHeaders headers) {
        headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }

    private static ServerHttpResponse started(ServerWebExchange exchange, ApiResponse answer, String contentType) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CACHE_CONTROL, NO_CACHE);
        if (!contentType.isEmpty()) {
            headers.set(HttpHeaders.CONTENT_TYPE, contentType);
        }
        addAll(headers, answer.headers());
        return response;
    }

    /** A client of a watch waits for the headers, perhaps long before anything happens: an empty first flush sends them. */
    private static Flux<Mono<DataBuffer>> headersFirst(DataBufferFactory buffers, Mono<DataBuffer> body) {
        return Flux.just(Mono.just(buffers.wrap(new byte[0])), body);
    }

    private static void addAll(HttpHeaders headers, List<String> pairs) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(HttpHeaders.CACHE_CONTROL)) {
                headers.set(pairs.get(i), pairs.get(i + 1));
            } else {
                headers.add(pairs.get(i), pairs.get(i + 1));
            }
        }
    }
}
