package io.kubespring.apiserver.shell;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.Credentials;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.Headers;
import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfo;
import io.kubespring.apiserver.request.RequestInfoParser;
import io.kubespring.service.x509.PeerCertificates;
import io.netty.channel.Channel;
import io.netty.util.AsciiString;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;

/** Reads what the core needs from a WebFlux exchange. The path is decoded once and kept as an attribute. */
final class Exchanges {

    private static final int MAX_BODY = 3 * 1024 * 1024;
    private static final String FRONT_PROXY = "x-remote-";
    private static final String IMPERSONATE = "impersonate-";
    private static final String DECODED = "kubespring.request";
    private static final String INITIALIZED = "kubespring.initialized";
    private static final Runnable NOTHING = () -> {};

    /** A request's path and query, decoded. */
    record Decoded(String rawPath, @Nullable String rawQuery, RequestInfo info, QueryParameters query) {}

    private Exchanges() {}

    /** @throws StatusException 400 where path or query are malformed */
    static Decoded decoded(ServerWebExchange exchange) {
        Decoded known = (Decoded) exchange.getAttributes().get(DECODED);
        if (known != null) {
            return known;
        }
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getURI().getRawPath();
        String query = request.getURI().getRawQuery();
        QueryParameters parameters = QueryParameters.parse(query);
        String method = request.getMethod().name();
        var decoded = new Decoded(path, query, RequestInfoParser.parse(method, path, parameters), parameters);
        exchange.getAttributes().put(DECODED, decoded);
        return decoded;
    }

    static ApiRequest request(ServerWebExchange exchange, UserInfo user, TimeSource time) {
        Decoded decoded = decoded(exchange);
        ServerHttpRequest request = exchange.getRequest();
        return new ApiRequest(
                request.getMethod().name(),
                decoded.rawPath(),
                decoded.rawQuery(),
                decoded.info(),
                decoded.query(),
                headers(request),
                body(exchange, user, time),
                user,
                (Runnable) exchange.getAttributes().getOrDefault(INITIALIZED, NOTHING));
    }

    /** The connection, or its HTTP/2 stream; null where this is no real one. */
    static @Nullable Channel channel(ServerWebExchange exchange) {
        Object received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        return received instanceof ChannelOperations<?, ?> operations ? operations.channel() : null;
    }

    /** Has {@code action} run when a watch has sent what it starts with. */
    static void initialized(ServerWebExchange exchange, Runnable action) {
        exchange.getAttributes().put(INITIALIZED, action);
    }

    static Credentials credentials(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        var chain = ServerHttpRequestDecorator.getNativeRequest(request) instanceof Connection connection
                ? PeerCertificates.of(connection.channel())
                : List.<X509Certificate>of();
        return new Credentials(chain, token(request), identityHeaders(request));
    }

    /** From the Authorization header, or from the subprotocol that browsers put it into. */
    private static @Nullable String token(ServerHttpRequest request) {
        String authorization = request.getHeaders().getFirst("authorization");
        if (authorization != null) {
            return Credentials.bearer(authorization);
        }
        List<String> protocols = request.getHeaders().get("sec-websocket-protocol");
        return protocols == null ? null : WebSocketToken.in(protocols);
    }

    /** Only what front proxies and impersonation use: most requests have none, and nothing is copied. */
    private static Map<String, List<String>> identityHeaders(ServerHttpRequest request) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
        Map<String, List<String>> found = Map.of();
        var headers = received.requestHeaders().iteratorCharSequence();
        while (headers.hasNext()) {
            var header = headers.next();
            CharSequence name = header.getKey();
            if (AsciiString.regionMatches(name, true, 0, FRONT_PROXY, 0, FRONT_PROXY.length())
                    || AsciiString.regionMatches(name, true, 0, IMPERSONATE, 0, IMPERSONATE.length())) {
                if (found.isEmpty()) {
                    found = new HashMap<>();
                }
                found.computeIfAbsent(name.toString().toLowerCase(Locale.ROOT), unused -> new ArrayList<>(1))
                        .add(header.getValue().toString());
            }
        }
        return found;
    }

    private static Headers headers(ServerHttpRequest request) {
        var headers = request.getHeaders();
        return name -> {
            List<String> values = headers.get(name);
            return values == null ? List.of() : values;
        };
    }

    /** What follows {@code source} happens in the user's turn of the connection's event loop. */
    static <T> Mono<T> inTurn(ServerWebExchange exchange, Mono<T> source, UserInfo user, TimeSource time) {
        return TurnMono.of(source, channel(exchange), user.name(), time);
    }

    private static Mono<byte[]> body(ServerWebExchange exchange, UserInfo user, TimeSource time) {
        ServerHttpRequest request = exchange.getRequest();
        if (request.getMethod().name().equals("GET")) {
            return Mono.empty();
        }
        Mono<byte[]> whole = DataBufferUtils.join(request.getBody(), MAX_BODY)
                .map(Exchanges::bytes)
                .onErrorMap(
                        DataBufferLimitException.class,
                        tooLarge -> new StatusException(
                                StatusReason.REQUEST_ENTITY_TOO_LARGE,
                                "Request entity too large: limit is " + MAX_BODY));
        return inTurn(exchange, whole, user, time);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
