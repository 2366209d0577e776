package io.kubespring.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Through {@code kubectl proxy}: the API, and behind it what Pods, Services and Nodes serve. */
@Tag("host")
@ExtendWith(StreamPods.class)
class ProxyTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String CORE = "/api/v1/namespaces/" + StreamPods.NS;
    private static final String POD = CORE + "/pods/server:8080/proxy";
    private static final String SERVICE = CORE + "/services/server:http/proxy";

    private static Running kubectl;
    private static String address;

    @BeforeAll
    static void proxy() throws IOException {
        kubectl = new Running(StreamPods.Protocol.WEBSOCKET.kubectl("proxy --port=0"));
        String shown = kubectl.await(output -> output.contains("Starting to serve on 127.0.0.1:"));
        address = shown.strip().replaceAll("(?s).*Starting to serve on ", "");
    }

    @AfterAll
    static void end() throws Exception {
        kubectl.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address + path));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theApiAndItsWatches() throws Exception {
        assertThat(get("/version").body()).contains("v1.36");
        var watch = CLIENT.send(
                request(CORE + "/pods?watch=true&fieldSelector=metadata.name%3Dserver")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("{\"type\":\"ADDED\"").contains("\"name\":\"server\"");
            StreamPods.kubectl("annotate pod server --overwrite seen=" + System.nanoTime())
                    .ok();
            assertThat(lines.readLine()).startsWith("{\"type\":\"MODIFIED\"").contains("\"seen\":");
        }
    }

    @Test
    void pathsAndQueriesOfPodsAndServicesArriveAsTheyWereSent() throws Exception {
        for (String proxy : List.of(POD, SERVICE)) {
            assertThat(get(proxy + "/cgi-bin/program/some/path?a=b&c=%20d").body())
                    .startsWith("GET /cgi-bin/program/some/path?a=b&c=%20d\n");
            assertThat(get(proxy + "/").body()).contains("<a href=\"" + proxy + "/other\">page</a>");
        }
        assertThat(get(CORE + "/services/http:server:http/proxy/").body()).contains("page");
    }

    @Test
    void redirectsLeadBackThroughTheProxy() throws Exception {
        var bare = get(POD);
        assertThat(bare.statusCode()).isEqualTo(301);
        assertThat(bare.headers().firstValue("location")).contains(POD + "/");
        var moved = get(SERVICE + "/cgi-bin/program?redirect");
        assertThat(moved.statusCode()).isEqualTo(302);
        assertThat(moved.headers().firstValue("location")).contains(SERVICE + "/index.html");
    }

    @Test
    void largeBodiesArriveWhole() throws Exception {
        byte[] body = new byte[StreamPods.BLOCK];
        new Random(4).nextBytes(body);
        String hash = HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(body));
        var answer = CLIENT.send(
                request(POD + "/cgi-bin/program")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).startsWith("POST /cgi-bin/program\n" + hash);
    }

    /** An answer without a length comes piece by piece, each as soon as it is there. */
    @Test
    void answersAreNotHeldBack() throws Exception {
        var answer = CLIENT.send(
                request(SERVICE + "/cgi-bin/program?slow").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("first");
            StreamPods.kubectl("exec server -c web -- touch /go").ok();
            assertThat(lines.readLine()).isEqualTo("second");
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void webSocketsPass() throws Exception {
        var heard = new CompletableFuture<String>();
        WebSocket socket = CLIENT.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://" + address + CORE + "/pods/server:" + StreamPods.SOCKET + "/proxy/chat?x=y"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                                heard.complete(text.toString());
                                return CompletableFuture.completedFuture(null);
                            }

                            @Override
                            public void onError(WebSocket from, Throwable failure) {
                                heard.completeExceptionally(failure);
                            }
                        })
                .get(30, TimeUnit.SECONDS);
        assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
        socket.abort();
    }

    @Test
    void nodes() throws Exception {
        String node = StreamPods.kubectl("get nodes -o jsonpath={.items[0].metadata.name}")
                .ok();
        assertThat(get("/api/v1/nodes/" + node + "/proxy/healthz").body()).isEqualTo("ok");
        assertThat(get("/api/v1/nodes/" + node + ":10250/proxy/pods").body())
                .contains("\"kind\":\"PodList\"", "\"name\":\"server\"");
    }

    @Test
    void whatDoesNotAnswerIsNamed() throws Exception {
        assertThat(get(CORE + "/pods/server:9999/proxy/").body())
                .contains("error trying to reach service: dial tcp 10.244.", ":9999: connect: connection refused")
                .contains("\"code\":503");
        assertThat(get(CORE + "/pods/nobody/proxy/").statusCode()).isEqualTo(404);
        assertThat(get(CORE + "/services/server:none/proxy/").body())
                .contains("no endpoints available for service \\\"server:none\\\"");
    }
}
