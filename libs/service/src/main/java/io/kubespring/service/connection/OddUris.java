package io.kubespring.service.connection;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Requests whose target is no URI by the book. Spring refuses them without a word, but browsers and proxies send letters
 * that they should have encoded ("|", "{", "^"): these are encoded and the request goes on. Only what cannot be decoded at
 * all is refused, by a Status.
 */
public final class OddUris {

    private static final int REFUSED = 400;
    private static final String ALLOWED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%";

    private final ReactorHttpHandlerAdapter adapter;
    private final TimeSource time;

    public OddUris(HttpHandler handler, TimeSource time) {
        this.time = time;
        adapter = new ReactorHttpHandlerAdapter(handler);
    }

    /** Spring's adapter has been asked first: it has refused if there is an error before anything ran. */
    public HttpServer customize(HttpServer server) {
        return server.mapHandle((handled, connection) -> AnsweredStreams.watched(
                connection instanceof HttpServerResponse response
                                && response.status().code() == REFUSED
                        ? again((HttpServerRequest) connection, response)
                        : handled,
                connection,
                time));
    }

    private Mono<Void> again(HttpServerRequest request, HttpServerResponse response) {
        String encoded = encoded(request.uri());
        if (encoded == null) {
            var status = StatusException.badRequest("the path cannot be decoded");
            return response.header("content-type", "application/json")
                    .sendByteArray(Mono.just(Json.write(status.toStatus())))
                    .then();
        }
        response.status(200);
        return adapter.apply(withUri(request, encoded), response);
    }

    /** Null where it cannot be a URI. */
    static @Nullable String encoded(String uri) {
        var text = new StringBuilder(uri.length() + 16);
        boolean query = false;
        for (byte each : uri.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xFF);
            boolean begins = letter == '?' && !query;
            query |= begins;
            if (begins || ALLOWED.indexOf(letter) >= 0 || query && letter == '?') {
                text.append(letter);
            } else {
                text.append('%').append(hex(letter >> 4)).append(hex(letter & 15));
            }
        }
        return decodable(text) ? text.toString() : null;
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }

    private static boolean decodable(StringBuilder uri) {
        if (uri.isEmpty() || uri.charAt(0) != '/') {
            return false;
        }
        try {
            URI.create(uri.toString());
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Everything but its target is the request itself. */
    private static HttpServerRequest withUri(HttpServerRequest request, String uri) {
        return (HttpServerRequest) Proxy.newProxyInstance(
                OddUris.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class, Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("uri")) {
                        return uri;
                    }
                    try {
                        return method.invoke(request, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                });
    }
}
