package io.kubespring.apiserver.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.streaming.KubeletClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A request through the proxy to a server behind it, over real connections. */
class HttpForwardTest {

    private static final String PREFIX = "/api/v1/namespaces/a/pods/web/proxy";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, HttpHeaders> received = new ConcurrentHashMap<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final DisposableServer backend =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::backend).bindNow();
    private final ProxyClient client = new ProxyClient(new KubeletClient(null, null, null));
    private int target = backend.port();
    private final DisposableServer front =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::front).bindNow();

    private record Reply(int status, HttpHeaders headers, String body) {}

    @AfterEach
    void close() {
        front.disposeNow();
        backend.disposeNow();
        client.close();
    }

    private Publisher<Void> front(HttpServerRequest request, HttpServerResponse response) {
        String uri = request.uri();
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        String query = question < 0 ? "" : uri.substring(question);
        return new HttpForward(client, Location.of("http", "127.0.0.1", target), PREFIX, path, query)
                .serve(request, response)
                .onErrorResume(
                        StatusException.class,
                        refused -> response.status(refused.code())
                                .sendString(Mono.just(refused.getMessage()))
                                .then());
    }

    private Publisher<Void> backend(HttpServerRequest request, HttpServerResponse response) {
        received.put(request.uri(), request.requestHeaders());
        return switch (request.path()) {
            case "echo" ->
                response.status(201)
                        .addHeader("X-Method", request.method().name())
                        .send(request.receive().retain());
            case "page" ->
                response.header("content-type", "text/html; charset=utf-8")
                        .sendString(Mono.just("<a href=\"/x\">x</a>"));
            case "packed" ->
                response.header("content-type", "text/html")
                        .header("content-encoding", "gzip")
                        .sendByteArray(Mono.just(gzip("<a href=\"/x\">x</a>".repeat(1000))));
            case "moved" ->
                response.status(302).header("location", "/there?x=1").send();
            case "rules" ->
                response.header("access-control-allow-origin", "*")
                        .header("connection", "x-hop")
                        .header("x-hop", "1")
                        .header("x-kept", "2")
                        .sendString(Mono.just("ok"));
            case "endless" ->
                response.send(Flux.<ByteBuf>generate(sink -> sink.next(Unpooled.wrappedBuffer(new byte[8192])))
                        .doOnCancel(cancelled::incrementAndGet));
            case "cut" ->
                response.header("content-length", "1000")
                        .sendString(Flux.just("half").concatWith(Mono.error(new IllegalStateException("cut"))));
            default -> response.status(404).sendString(Mono.just("not here"));
        };
    }

    private static byte[] gzip(String text) {
        var out = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(out)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private Reply call(HttpClient http, String method, String uri, String body) {
        return Objects.requireNonNull(http.request(io.netty.handler.codec.http.HttpMethod.valueOf(method))
                .uri("http://127.0.0.1:" + front.port() + uri)
                .send(body.isEmpty() ? Mono.empty() : Mono.just(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)))
                .responseSingle((response, content) -> content.asString()
                        .defaultIfEmpty("")
                        .map(text -> new Reply(response.status().code(), response.responseHeaders(), text)))
                .block(PATIENCE));
    }

    private Reply get(String uri) {
        return call(HttpClient.create(), "GET", uri, "");
    }

    @Test
    void everyMethodGoesThroughWithItsBody() {
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            Reply reply = call(HttpClient.create(), method, "/echo?a=%2F&b", method + " body");
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.body()).isEqualTo(method + " body");
            assertThat(reply.headers().get("x-method")).isEqualTo(method);
        }
        assertThat(received).containsKey("/echo?a=%2F&b");
        assertThat(call(HttpClient.create(), "OPTIONS", "/echo", "").headers().get("x-method"))
                .isEqualTo("OPTIONS");
        Reply head = call(HttpClient.create(), "HEAD", "/page", "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(get("/nothing").status()).isEqualTo(404);
        assertThat(get("/nothing").body()).isEqualTo("not here");
    }

    @Test
    void headersSayWhereFromAndKeepSecrets() {
        call(
                HttpClient.create()
                        .headers(headers -> headers.set("authorization", "Bearer secret")
                                .set("x-remote-user", "admin")
                                .set("impersonate-user", "root")
                                .set("x-forwarded-for", "192.0.2.1")
                                .set("te", "trailers")
                                .set("x-mine", "kept")),
                "GET",
                "/echo?x",
                "");
        HttpHeaders seen = received.get("/echo?x");
        assertThat(seen).isNotNull();
        assertThat(seen.get("x-forwarded-for")).isEqualTo("192.0.2.1, 127.0.0.1");
        assertThat(seen.get("x-forwarded-uri")).isEqualTo(PREFIX + "/echo");
        assertThat(seen.get("host")).isEqualTo("127.0.0.1:" + front.port());
        assertThat(seen.get("x-mine")).isEqualTo("kept");
        assertThat(seen.names())
                .doesNotContain("authorization", "x-remote-user", "impersonate-user", "te", "transfer-encoding");
        HttpHeaders answered = get("/rules").headers();
        assertThat(answered.get("x-kept")).isEqualTo("2");
        assertThat(answered.names()).doesNotContain("access-control-allow-origin", "x-hop");
    }

    @Test
    void linksAndRedirectsLeadBackThroughTheProxy() {
        assertThat(get("/page").body()).isEqualTo("<a href=\"" + PREFIX + "/x\">x</a>");
        assertThat(get("/packed").body()).isEqualTo(("<a href=\"" + PREFIX + "/x\">x</a>").repeat(1000));
        assertThat(get("/packed").headers().get("content-encoding")).isNull();
        Reply moved = get("/moved");
        assertThat(moved.status()).isEqualTo(302);
        assertThat(moved.headers().get("location")).isEqualTo(PREFIX + "/there?x=1");
    }

    @Test
    void whoCannotBeReachedIsNamed() {
        target = 1;
        Reply reply = get("/echo");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body())
                .isEqualTo("error trying to reach service: dial tcp 127.0.0.1:1: connect: connection refused");
    }

    @Test
    void aClientThatLeavesEndsWhatItAskedFor() {
        var got = new AtomicBoolean();
        HttpClient.create()
                .get()
                .uri("http://127.0.0.1:" + front.port() + "/endless")
                .responseContent()
                .take(10)
                .doOnNext(bytes -> got.set(true))
                .blockLast(PATIENCE);
        assertThat(got).isTrue();
        io.kubespring.apiserver.TestServer.await(() -> cancelled.get() == 1);
    }

    @Test
    void bodiesLargerThanAnyBufferPassThrough() {
        long size = 16L << 20;
        byte[] block = new byte[1 << 16];
        Long echoed = HttpClient.create()
                .post()
                .uri("http://127.0.0.1:" + front.port() + "/echo")
                .send(Flux.range(0, (int) (size / block.length)).map(i -> Unpooled.wrappedBuffer(block)))
                .responseContent()
                .map(ByteBuf::readableBytes)
                .reduce(0L, Long::sum)
                .block(PATIENCE);
        assertThat(echoed).isEqualTo(size);
    }
}
