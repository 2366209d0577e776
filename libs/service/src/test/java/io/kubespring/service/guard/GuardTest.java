package io.kubespring.service.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.service.access.Reviewer;
import io.kubespring.service.boot.TransportSource;
import io.kubespring.service.pki.ClusterPki;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** A component's HTTPS port as its callers see it. */
class GuardTest {

    @TempDir
    Path directory;

    private final Reviewer apiServer = new Reviewer();
    private ClusterPki pki;
    private ConfigurableApplicationContext context;

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() {
        pki = new ClusterPki(directory, Instant.now());
        pki.client("alice", "u");
        TransportSource transports = (user, groups) -> {
            assertThat(user).isEqualTo("system:kube-sample");
            return apiServer;
        };
        context = SampleApplication.COMPONENT.start(
                Map.of(
                        "bind-address", "127.0.0.1",
                        "cert-dir", directory.resolve("own").toString(),
                        "client-ca-file", pki.file("ca.crt").toString(),
                        "requestheader-client-ca-file",
                                pki.file("front-proxy-ca.crt").toString()),
                Map.of("transportSource", transports));
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private Answer get(HttpClient client, String path, String... headers) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return Objects.requireNonNull(client.headers(all -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        all.add(headers[i], headers[i + 1]);
                    }
                })
                .get()
                .uri("https://127.0.0.1:" + port + path)
                .responseSingle((head, body) -> body.asString()
                        .defaultIfEmpty("")
                        .map(text -> new Answer(head.status().code(), text))
                        .switchIfEmpty(Mono.just(new Answer(head.status().code(), ""))))
                .block());
    }

    private static HttpClient nobody() {
        return client(SslContextBuilder.forClient());
    }

    private HttpClient bearing(String name) {
        return client(SslContextBuilder.forClient()
                .keyManager(
                        pki.file(name + ".crt").toFile(),
                        pki.file(name + ".key").toFile()));
    }

    private static HttpClient client(SslContextBuilder builder) {
        try {
            var tls = builder.trustManager(InsecureTrustManagerFactory.INSTANCE).build();
            return HttpClient.newConnection().secure(spec -> spec.sslContext(tls));
        } catch (SSLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void healthIsOpenAndTellsNoDetails() {
        for (String path : new String[] {"/livez", "/readyz", "/healthz"}) {
            assertThat(get(nobody(), path)).isEqualTo(new Answer(200, "{\"status\":\"UP\"}"));
        }
        assertThat(apiServer.asked).isEmpty();
    }

    @Test
    void everythingElseIsForWhomTheApiServerAllowsIt() {
        for (String path :
                new String[] {"/metrics", "/actuator", "/actuator/health", "/livez/x", "/%6Divez", "/nowhere"}) {
            Answer refused = get(nobody(), path);
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(Json.readObject(refused.body().getBytes(StandardCharsets.UTF_8))
                            .path("message")
                            .asString())
                    .isEqualTo("forbidden: User \"system:anonymous\" cannot get path \"" + path + "\"");
        }
        String[] token = {"authorization", "Bearer secret"};
        assertThat(get(nobody(), "/metrics", token).body()).contains("jvm_memory_used_bytes");
        assertThat(get(nobody(), "/actuator/prometheus", token).body()).contains("jvm_memory_used_bytes");
        assertThat(get(nobody(), "/actuator/info", token).body()).contains("\"build\":{\"version\":");
        assertThat(get(nobody(), "/actuator/health", token).body()).contains("components");
        assertThat(get(nobody(), "/actuator/env", token).status()).isEqualTo(404);
        assertThat(get(nobody(), "/metrics", "authorization", "Bearer wrong").status())
                .isEqualTo(401);
    }

    @Test
    void certificatesOfTheClientCaAndWordsOfTheFrontProxyCount() {
        assertThat(get(bearing("alice"), "/metrics").status()).isEqualTo(200);
        assertThat(get(bearing("front-proxy-client"), "/metrics", "X-Remote-User", "u")
                        .status())
                .isEqualTo(200);
        assertThat(get(bearing("front-proxy-client"), "/metrics").status())
                .as("the proxy itself is nobody")
                .isEqualTo(403);
        assertThat(get(nobody(), "/metrics", "X-Remote-User", "u").status())
                .as("anyone can write a header")
                .isEqualTo(403);
    }

    @Test
    void pathsThatCouldBeReadInTwoWaysAreRefused() {
        for (String path :
                new String[] {"/livez/../metrics", "/livez/%2e%2e/metrics", "//metrics", "/livez;/../metrics"}) {
            assertThat(get(nobody(), path).status()).as(path).isIn(400, 403, 404);
        }
        assertThat(get(nobody(), "/livez%2f..%2fmetrics").status()).isEqualTo(400);
    }

    @Test
    void anApiServerThatCannotBeAskedAllowsNothing() {
        apiServer.away = true;
        assertThat(get(nobody(), "/metrics", "authorization", "Bearer secret").status())
                .isEqualTo(401);
        assertThat(get(bearing("alice"), "/metrics").status()).isEqualTo(500);
        assertThat(get(nobody(), "/readyz").status()).isEqualTo(200);
        apiServer.away = false;
        assertThat(get(bearing("alice"), "/metrics").status()).isEqualTo(200);
    }
}
