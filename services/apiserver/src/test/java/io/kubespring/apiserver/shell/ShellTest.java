package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.client.HttpClient;

/** HTTPS as clients meet it: protocols, who they are, limits, streams. */
class ShellTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir
    static Path directory;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer(directory, Map.of("insecure-port", -1));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void http2AndHttp11AreServed() {
        for (HttpClient client : List.of(server.http2(), server.http11())) {
            var reply = server.call(client, "GET", "/version", new byte[0]);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().path("gitVersion").asString()).startsWith("v1.36.");
            assertThat(reply.headers()).containsEntry("cache-control", "no-cache, private");
        }
    }

    @Test
    void anonymousUsersMayOnlyLookAtHealth() {
        assertThat(server.call(server.http11(), "GET", "/readyz", new byte[0]).text())
                .isEqualTo("ok");
        var refused = server.call(server.http11(), "GET", "/api/v1/pods", new byte[0]);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("message").asString())
                .isEqualTo("pods is forbidden: User \"system:anonymous\" cannot list resource \"pods\" in API group "
                        + "\"\" at the cluster scope");
    }

    @Test
    void anUnknownTokenIsUnauthorized() {
        var reply = server.call(
                server.http11().headers(headers -> headers.set("authorization", "Bearer nope")),
                "GET",
                "/version",
                new byte[0]);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("reason").asString()).isEqualTo("Unauthorized");
    }

    @Test
    void clientCertificatesAreUsers() {
        RunningServer.pkiIn(server.pki).client("someone", "jane", "developers");
        var reply = server.call(
                server.withCertificate("someone"),
                "POST",
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().at("/status/userInfo/username").asString()).isEqualTo("jane");
        assertThat(reply.json().at("/status/userInfo/groups/0").asString()).isEqualTo("developers");
    }

    @Test
    void impersonationIsAuthorizedAndTakesEffect() {
        var reply = server.call(
                RunningServer.withToken(server.http11()).headers(headers -> headers.set("impersonate-user", "jane")),
                "GET",
                "/api/v1/secrets",
                new byte[0]);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).contains("User \\\"jane\\\" cannot list");
    }

    @Test
    void bodiesAreLimited() {
        var reply = server.call(RunningServer.withToken(server.http11()), "POST", MAPS, new byte[3 * 1024 * 1024 + 1]);
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().path("reason").asString()).isEqualTo("RequestEntityTooLarge");
    }

    @Test
    void objectsAreMadeAndRead() {
        assertThat(server.post(MAPS, "{'metadata':{'name':'a'},'data':{'k':'v'}}")
                        .status())
                .isEqualTo(201);
        assertThat(server.get(MAPS + "/a").json().at("/data/k").asString()).isEqualTo("v");
        assertThat(server.get(MAPS + "/missing").status()).isEqualTo(404);
    }

    @Test
    void watchesStream() {
        List<String> seen = new CopyOnWriteArrayList<>();
        var watching = RunningServer.withToken(server.http2())
                .get()
                .uri("https://127.0.0.1:" + server.port() + MAPS + "?watch=true&fieldSelector=metadata.name=w")
                .responseContent()
                .asString()
                .subscribe(seen::add, ended -> {});
        server.post(MAPS, "{'metadata':{'name':'w'}}");
        TestServer.await(() -> String.join("", seen).contains("\"type\":\"ADDED\""));
        watching.dispose();
    }

    @Test
    void longListsAreCompressedWhenAsked() {
        for (int i = 0; i < 40; i++) {
            server.post(MAPS, "{'metadata':{'name':'big" + i + "'},'data':{'k':'" + "x".repeat(8000) + "'}}");
        }
        var plain = server.get(MAPS);
        assertThat(plain.headers()).doesNotContainKey("content-encoding");
        var small = server.call(RunningServer.withToken(server.http11()).compress(true), "GET", MAPS, new byte[0]);
        assertThat(small.json().path("items").size())
                .isEqualTo(plain.json().path("items").size());
        var raw = server.call(
                RunningServer.withToken(server.http11()).headers(headers -> headers.set("accept-encoding", "gzip")),
                "GET",
                MAPS,
                new byte[0]);
        assertThat(raw.headers()).containsEntry("content-encoding", "gzip").containsEntry("vary", "Accept-Encoding");
        assertThat(raw.body().length).isLessThan(plain.body().length / 4);
    }

    @Test
    void thePlainPortIsLocalAndItsUsersAreAdministrators() {
        int port = server.insecurePort().port();
        assertThat(port).isPositive();
        String body = HttpClient.create()
                .get()
                .uri("http://127.0.0.1:" + port + "/api/v1/namespaces/kube-system")
                .responseContent()
                .aggregate()
                .asString()
                .block();
        assertThat(body).contains("\"kube-system\"");
    }

    @Test
    void metricsAreForThoseWhoMay() {
        assertThat(server.get("/metrics").text())
                .contains("apiserver_request_total{", "apiserver_request_duration_seconds_bucket{");
        assertThat(server.call(server.http11(), "GET", "/metrics", new byte[0]).status())
                .isEqualTo(403);
    }
}
