package io.kubespring.apiserver.shell;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.apiserver.TestServer;
import io.kubespring.service.pki.ClusterPki;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.node.ObjectNode;

/** The real shell on a free port, with a PKI of its own; the token "admin-token" is an administrator's. */
final class RunningServer implements AutoCloseable {

    static final String TOKEN = "admin-token";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Path pki;
    private final ReactiveWebServerApplicationContext context;

    /** An answer, read to its end. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        ObjectNode json() {
            return Json.readObject(body);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    RunningServer(Path directory, Map<String, Object> more) {
        pki = directory.resolve("pki");
        Map<String, Object> settings = new HashMap<>(Map.of(
                "secure-port",
                0,
                "bind-address",
                "127.0.0.1",
                "cert-dir",
                pki.toString(),
                "management.server.port",
                -1,
                "storage-file",
                "memory",
                "token-auth-file",
                tokens(directory).toString()));
        settings.putAll(more);
        context = (ReactiveWebServerApplicationContext) ApiServerApplication.COMPONENT.start(settings, Map.of());
        TestServer.await(core()::ready);
    }

    private static Path tokens(Path directory) {
        try {
            return Files.writeString(directory.resolve("tokens.csv"), TOKEN + ",admin,1,\"system:masters\"\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A certificate for something on 127.0.0.1, of the same CA. */
    static ClusterPki pkiIn(Path directory) {
        return new ClusterPki(directory, Instant.now());
    }

    ApiServerCore core() {
        return context.getBean(ApiServerCore.class);
    }

    InsecurePort insecurePort() {
        return context.getBean(InsecurePort.class);
    }

    /** Where Actuator listens. */
    int managementPort() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    HttpClient http11() {
        var tls = Http11SslContextSpec.forClient()
                .configure(each -> each.trustManager(pki.resolve("ca.crt").toFile()));
        return HttpClient.create().protocol(HttpProtocol.HTTP11).secure(spec -> spec.sslContext(tls));
    }

    HttpClient http2() {
        var tls = Http2SslContextSpec.forClient()
                .configure(each -> each.trustManager(pki.resolve("ca.crt").toFile()));
        return HttpClient.create().protocol(HttpProtocol.H2).secure(spec -> spec.sslContext(tls));
    }

    /** Shows a client certificate from the PKI directory. */
    HttpClient withCertificate(String name) {
        var tls = Http11SslContextSpec.forClient()
                .configure(each -> each.trustManager(pki.resolve("ca.crt").toFile())
                        .keyManager(
                                pki.resolve(name + ".crt").toFile(),
                                pki.resolve(name + ".key").toFile()));
        return HttpClient.create().secure(spec -> spec.sslContext(tls));
    }

    static HttpClient withToken(HttpClient client) {
        return client.headers(headers -> headers.set("authorization", "Bearer " + TOKEN));
    }

    Reply call(HttpClient client, String method, String uri, byte[] body) {
        return Objects.requireNonNull(client.request(io.netty.handler.codec.http.HttpMethod.valueOf(method))
                .uri("https://127.0.0.1:" + port() + uri)
                .send(body.length == 0 ? Mono.empty() : Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseSingle((response, content) -> content.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(bytes -> {
                            Map<String, String> headers = new HashMap<>();
                            response.responseHeaders()
                                    .forEach(each -> headers.put(
                                            each.getKey().toLowerCase(java.util.Locale.ROOT), each.getValue()));
                            return new Reply(response.status().code(), headers, bytes);
                        }))
                .block(PATIENCE));
    }

    Reply get(String uri) {
        return call(withToken(http11()), "GET", uri, new byte[0]);
    }

    Reply post(String uri, String body) {
        return call(withToken(http11()), "POST", uri, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        context.close();
    }
}
