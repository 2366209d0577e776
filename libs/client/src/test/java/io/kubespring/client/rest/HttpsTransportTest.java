package io.kubespring.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.time.ManualTime;
import io.kubespring.client.transport.Transport;
import io.kubespring.client.transport.Transport.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** Against a real server on loopback. The certificates are of two authorities that exist for this test alone. */
@Timeout(30)
class HttpsTransportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<Channel> connections = new CopyOnWriteArrayList<>();
    private @Nullable DisposableServer server;
    private @Nullable Transport transport;

    @AfterEach
    void close() {
        if (transport != null) {
            transport.close();
        }
        if (server != null) {
            server.disposeNow(Duration.ofSeconds(2));
        }
    }

    @Test
    void speaksToAServerOfTheGivenAuthority() {
        start("server.crt");
        assertThat(get(config("ca.crt", null, null))).isEqualTo("hello");
    }

    @Test
    void refusesAServerOfAnotherAuthority() {
        start("server.crt");
        assertThatThrownBy(() -> get(config("other-ca.crt", null, null))).hasStackTraceContaining("PKIX path");
        assertThat(tokens).isEmpty();
    }

    @Test
    void refusesACertificateOfAnotherName() {
        start("named.crt");
        assertThatThrownBy(() -> get(config("ca.crt", null, null)))
                .hasStackTraceContaining("No subject alternative names matching IP address 127.0.0.1");
        assertThat(tokens).isEmpty();
    }

    @Test
    void tlsServerNameIsWhatTheCertificateMustSay() {
        start("named.crt");
        assertThat(get(config("ca.crt", null, "api.test"))).isEqualTo("hello");
    }

    @Test
    void saysThatAKeyIsUnusable() {
        var broken = new Kubeconfig(
                "https://127.0.0.1:1",
                pem("ca.crt"),
                pem("server.crt"),
                "no key".getBytes(StandardCharsets.UTF_8),
                null,
                null,
                null,
                "default");
        assertThatThrownBy(() -> HttpsTransport.from(broken, time))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("kubeconfig: unusable certificate or key");
    }

    @Test
    void rotatedTokenIsUsedWithinAMinuteAndAnEmptyFileKeepsTheLast(@TempDir Path folder) throws IOException {
        start("server.crt");
        Path file = folder.resolve("token");
        Files.writeString(file, "one\n");
        Kubeconfig config = config("ca.crt", file, null);
        get(config);
        Files.writeString(file, "two\n");
        time.advance(Duration.ofSeconds(30));
        get(config);
        time.advance(Duration.ofSeconds(31));
        get(config);
        Files.writeString(file, "");
        time.advance(Duration.ofSeconds(61));
        get(config);
        Files.delete(file);
        time.advance(Duration.ofSeconds(61));
        get(config);
        assertThat(tokens).containsExactly("Bearer one", "Bearer one", "Bearer two", "Bearer two", "Bearer two");
    }

    @Test
    void missingTokenIsAFailureOfTheAnswer(@TempDir Path folder) {
        Mono<Transport.Response> answer = transport(
                        configOf("https://127.0.0.1:1", "ca.crt", folder.resolve("none"), null))
                .send(new Request("GET", "/", Map.of(), null));
        assertThatThrownBy(() -> answer.block(PATIENCE)).hasMessageContaining("cannot read token");
    }

    @Test
    void watchDeliversAsItComesAndFailsWhenTheServerGoes() {
        start("server.crt");
        var seen = new CopyOnWriteArrayList<String>();
        var failed = new CopyOnWriteArrayList<Throwable>();
        var ended = new CopyOnWriteArrayList<String>();
        Transport.Response response = Objects.requireNonNull(transport(config("ca.crt", null, null))
                .send(new Request("GET", "/x?watch=true", Map.of(), null))
                .block(PATIENCE));
        response.body()
                .subscribe(
                        chunk -> seen.add(new String(chunk, StandardCharsets.UTF_8)),
                        failed::add,
                        () -> ended.add("end"));
        waitFor(() -> !seen.isEmpty());
        connections.forEach(Channel::close);
        waitFor(() -> !failed.isEmpty() || !ended.isEmpty());
        assertThat(String.join("", seen)).isEqualTo("event\n");
    }

    @Test
    void serverThatIsNotThereFailsTheAnswer() {
        start("server.crt");
        Kubeconfig config = config("ca.crt", null, null);
        Objects.requireNonNull(server).disposeNow(Duration.ofSeconds(2));
        assertThatThrownBy(() -> get(config)).hasStackTraceContaining("Connection refused");
    }

    private void start(String certificate) {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .protocol(HttpProtocol.H2)
                .secure(spec ->
                        spec.sslContext(Http2SslContextSpec.forServer(stream(certificate), stream("server.key"))))
                .handle((request, response) -> {
                    String token = request.requestHeaders().get("authorization");
                    tokens.add(token == null ? "" : token);
                    request.withConnection(
                            stream -> connections.add(stream.channel().parent()));
                    return request.uri().contains("watch=true")
                            ? response.send(Flux.concat(Flux.just(event()), Flux.never()), each -> true)
                            : response.sendString(Mono.just("hello"));
                })
                .bindNow();
    }

    private Kubeconfig config(String ca, @Nullable Path token, @Nullable String name) {
        return configOf("https://127.0.0.1:" + Objects.requireNonNull(server).port(), ca, token, name);
    }

    private static Kubeconfig configOf(String url, String ca, @Nullable Path token, @Nullable String name) {
        return new Kubeconfig(url, pem(ca), null, null, null, token, name, "default");
    }

    private Transport transport(Kubeconfig config) {
        if (transport == null) {
            transport = HttpsTransport.from(config, time);
        }
        return transport;
    }

    private String get(Kubeconfig config) {
        Transport.Response response = Objects.requireNonNull(
                transport(config).send(new Request("GET", "/", Map.of(), null)).block(PATIENCE));
        return new String(Objects.requireNonNull(response.body().blockLast(PATIENCE)), StandardCharsets.UTF_8);
    }

    private static InputStream stream(String name) {
        return Objects.requireNonNull(HttpsTransportTest.class.getResourceAsStream("/tls/" + name));
    }

    private static byte[] pem(String name) {
        try (InputStream in = stream(name)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static void waitFor(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("condition not met within " + PATIENCE);
            }
            Thread.onSpinWait();
        }
    }

    private static ByteBuf event() {
        return Unpooled.copiedBuffer("event\n", StandardCharsets.UTF_8);
    }
}
