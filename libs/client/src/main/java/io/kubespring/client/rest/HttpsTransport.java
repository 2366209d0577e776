package io.kubespring.client.rest;

import io.kubespring.api.time.TimeSource;
import io.kubespring.client.transport.Transport;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Requests over TLS and HTTP/2, as every API server speaks it; a plain "http:" server gets HTTP/1.1. Connections are pooled,
 * bounded and reopened as needed: some dozen watches share one. A watch or
 * a followed log has no time limit; any other answer must begin within {@link #ANSWER}.
 */
public final class HttpsTransport implements Transport {

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int CONNECT_MILLIS = 10_000;
    /** Each carries as many requests as the server allows, commonly 100 or 250. */
    private static final int MAX_HTTP2_CONNECTIONS = 4;

    private static final int MAX_PLAIN_CONNECTIONS = 512;
    private static final int MAX_WAITING = 10_000;
    private static final int WINDOW = 1 << 20;
    private static final String USER_AGENT = "kubespring";

    private final ConnectionProvider pool;
    private final HttpClient client;
    private final BearerToken token;
    private final String host;

    private HttpsTransport(Kubeconfig config, TimeSource time) {
        boolean secure = config.server().startsWith("https:");
        pool = ConnectionProvider.builder("kubespring-client")
                .maxConnections(secure ? MAX_HTTP2_CONNECTIONS : MAX_PLAIN_CONNECTIONS)
                .pendingAcquireMaxCount(MAX_WAITING)
                .maxIdleTime(Duration.ofSeconds(90))
                .build();
        host = URI.create(config.server()).getAuthority();
        token = new BearerToken(config.token(), config.tokenFile(), time);
        HttpClient base = HttpClient.create(pool)
                .baseUrl(config.server())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true);
        client = secure ? secure(base, config) : base;
    }

    public static HttpsTransport from(Kubeconfig config, TimeSource time) {
        return new HttpsTransport(config, time);
    }

    private static HttpClient secure(HttpClient base, Kubeconfig config) {
        SslContext context = ClientTls.of(config);
        String name =
                config.tlsServerName() == null ? URI.create(config.server()).getHost() : config.tlsServerName();
        return base.protocol(HttpProtocol.H2)
                .http2Settings(settings -> settings.initialWindowSize(WINDOW))
                .secure(spec -> {
                    var ssl = spec.sslContext(context);
                    if (config.tlsServerName() != null) {
                        ssl.serverNames(new SNIHostName(name));
                    }
                });
    }

    @Override
    public Mono<Response> send(Request request) {
        // Deferred: a token file that cannot be read is a failure of the answer too.
        return Mono.defer(() -> exchange(request));
    }

    private Mono<Response> exchange(Request request) {
        boolean stream = request.streams();
        HttpClient.ResponseReceiver<?> receiver = client.responseTimeout(stream ? null : ANSWER)
                .headers(headers -> {
                    headers.set("user-agent", USER_AGENT);
                    request.headers().forEach(headers::set);
                    String bearer = token.current();
                    if (bearer != null) {
                        headers.set("authorization", "Bearer " + bearer);
                    }
                })
                .request(HttpMethod.valueOf(request.method()))
                .uri(request.uri())
                .send(body(request.body()));
        return stream
                ? receiver.responseConnection((head, connection) -> Mono.just(streamed(head, connection)))
                        .single()
                : receiver.responseSingle((head, body) -> body.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(bytes -> new Response(head.status().code(), headers(head), Flux.just(bytes))));
    }

    private static Mono<io.netty.buffer.ByteBuf> body(byte @Nullable [] body) {
        return body == null ? Mono.empty() : Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body));
    }

    private static Response streamed(HttpClientResponse head, Connection connection) {
        Flux<byte[]> chunks =
                ((ByteBufFlux) connection.inbound().receive()).asByteArray().doFinally(end -> connection.dispose());
        return new Response(head.status().code(), headers(head), chunks);
    }

    private static Map<String, String> headers(HttpClientResponse head) {
        var headers = new HashMap<String, String>();
        for (Map.Entry<String, String> header : head.responseHeaders()) {
            headers.merge(header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (a, b) -> a + ", " + b);
        }
        return headers;
    }

    @Override
    public String host() {
        return host;
    }

    /** A token file may have to be read again. */
    @Override
    public Executor later() {
        return task -> Thread.ofVirtual().name("client-later").start(task);
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
