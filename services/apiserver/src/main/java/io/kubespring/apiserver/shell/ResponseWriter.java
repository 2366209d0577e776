package io.kubespring.apiserver.shell;

import io.kubespring.apiserver.request.ApiResponse;
import java.util.List;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes the core's answers to a WebFlux exchange without copying their bytes. */
final class ResponseWriter {

    private static final byte[] NOTHING = {};
    private static final String NO_CACHE = "no-cache, private";

    private ResponseWriter() {}

    static Mono<Void> write(ServerWebExchange exchange, ApiResponse answer) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CACHE_CONTROL, NO_CACHE);
        addAll(headers, answer.headers());
        DataBufferFactory buffers = response.bufferFactory();
        return switch (answer) {
            case ApiResponse.Bytes bytes -> {
                headers.set(HttpHeaders.CONTENT_TYPE, bytes.contentType());
                headers.setContentLength(bytes.body().length);
                yield response.writeWith(Mono.just(buffers.wrap(bytes.body())));
            }
            case ApiResponse.Streamed streamed -> {
                headers.set(HttpHeaders.CONTENT_TYPE, streamed.contentType());
                // WebFlux holds the headers back until the first element; who watches needs them at once.
                Flux<byte[]> body = streamed.longRunning() ? streamed.body().startWith(NOTHING) : streamed.body();
                yield response.writeAndFlushWith(body.map(each -> Mono.just(buffers.wrap(each))));
            }
            case ApiResponse.Tunnel tunnel -> Mono.error(new IllegalStateException("tunnels are not written"));
        };
    }

    private static void addAll(HttpHeaders headers, List<String> pairs) {
        for (int i = 0; i < pairs.size(); i += 2) {
            headers.add(pairs.get(i), pairs.get(i + 1));
        }
    }
}
