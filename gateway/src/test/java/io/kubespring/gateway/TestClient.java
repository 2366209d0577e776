package io.kubespring.gateway;

import io.kubespring.api.json.Json;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.node.ObjectNode;

/** A client that knows the cluster's CA; immutable. */
public final class TestClient {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String url;
    private final HttpClient http;

    /** An answer, read to its end. */
    public record Reply(int status, Map<String, String> headers, String text) {
        public ObjectNode json() {
            return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private TestClient(String url, HttpClient http) {
        this.url = url;
        this.http = http;
    }

    public static TestClient http11(String url, Path pki) {
        var tls = Http11SslContextSpec.forClient()
                .configure(each -> each.trustManager(pki.resolve("ca.crt").toFile()));
        return new TestClient(
                url, HttpClient.newConnection().protocol(HttpProtocol.HTTP11).secure(spec -> spec.sslContext(tls)));
    }

    public static TestClient http2(String url, Path pki) {
        var tls = Http2SslContextSpec.forClient()
                .configure(each -> each.trustManager(pki.resolve("ca.crt").toFile()));
        return new TestClient(url, HttpClient.create().protocol(HttpProtocol.H2).secure(spec -> spec.sslContext(tls)));
    }

    /** Shows a client certificate. */
    public static TestClient certified(String url, Path pki, Path certificate) {
        String name = certificate.toString().replaceFirst("\\.crt$", "");
        var tls = Http11SslContextSpec.forClient()
                .configure(each -> each.trustManager(pki.resolve("ca.crt").toFile())
                        .keyManager(
                                Path.of(name + ".crt").toFile(),
                                Path.of(name + ".key").toFile()));
        return new TestClient(url, HttpClient.newConnection().secure(spec -> spec.sslContext(tls)));
    }

    public TestClient with(String name, String value) {
        return new TestClient(url, http.headers(headers -> headers.add(name, value)));
    }

    public TestClient token(String token) {
        return with("authorization", "Bearer " + token);
    }

    public Reply get(String target) {
        return call("GET", target, null);
    }

    public Reply post(String target, String body) {
        return call("POST", target, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    public Reply call(String method, String target, byte[] body) {
        var sender = http.headers(headers -> {
                    if (body != null) {
                        headers.set("content-type", "application/json");
                    }
                })
                .request(HttpMethod.valueOf(method))
                .uri(url + target);
        var receiver = body == null ? sender : sender.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
        return Objects.requireNonNull(receiver.responseSingle((response, content) -> content.asString()
                        .defaultIfEmpty("")
                        .map(text -> {
                            Map<String, String> headers = new HashMap<>();
                            response.responseHeaders()
                                    .forEach(each ->
                                            headers.put(each.getKey().toLowerCase(Locale.ROOT), each.getValue()));
                            return new Reply(response.status().code(), headers, text);
                        }))
                .block(PATIENCE));
    }

    /** Pieces of an endless answer, as they arrive. */
    public Flux<String> stream(String target) {
        return http.get().uri(url + target).responseContent().asString();
    }

    /** Whom the API server takes the client for. */
    public ObjectNode whoAmI() {
        Reply reply = post(
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                "{'apiVersion':'authentication.k8s.io/v1','kind':'SelfSubjectReview'}");
        return reply.status() == 201 ? (ObjectNode) reply.json().path("status").path("userInfo") : reply.json();
    }
}
