package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.kinds.Covers;
import io.kubespring.service.tls.ServingTls;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The proxy subresources through the whole server, to a node's kubelet that a test stands in for. */
class ProxyTest {

    private static final String NODE = "/api/v1/nodes/n1/proxy";

    @TempDir
    static Path directory;

    private static final Map<String, HttpHeaders> SEEN = new ConcurrentHashMap<>();
    private static RunningServer server;
    private static DisposableServer kubelet;

    @BeforeAll
    static void start() {
        var pki = RunningServer.pkiIn(directory.resolve("pki"));
        pki.client("kubelet-client", "kube-apiserver-kubelet-client", "system:masters");
        pki.serving("kubelet", "system:node:n1", List.of("127.0.0.1"));
        kubelet = ServingTls.http1(pki.file("kubelet.crt"), pki.file("kubelet.key"))
                .apply(HttpServer.create().host("127.0.0.1").port(0))
                .handle(ProxyTest::answer)
                .bindNow();
        server = new RunningServer(directory, Clusters.kubeletFlags(pki));
        Clusters.node(server, "n1", kubelet.port());
        Clusters.boundPod(
                server, "web", "n1", "'containers':[{'name':'c','image':'i','ports':[{'containerPort':80}]}]");
    }

    @AfterAll
    static void stop() {
        server.close();
        kubelet.disposeNow();
    }

    private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        SEEN.put(request.method() + " " + request.uri(), request.requestHeaders());
        return switch (request.path()) {
            case "socket" ->
                response.sendWebsocket(
                        (in, out) -> out.sendObject(in.receiveFrames().map(WebSocketFrame::retain)));
            case "echo" -> response.send(request.receive().retain());
            case "cut" ->
                response.header("content-length", "1000")
                        .send(Flux.just(Unpooled.copiedBuffer("half", StandardCharsets.UTF_8))
                                .concatWith(Mono.error(new IllegalStateException("cut"))));
            case "silent" -> response.sendHeaders().then(Mono.never());
            default -> response.sendString(Mono.just(request.method() + " " + request.uri()));
        };
    }

    private static RunningServer.Reply call(String method, String uri) {
        return server.call(RunningServer.withToken(server.http11()), method, uri, new byte[0]);
    }

    private static RunningServer.Reply as(String user, String method, String uri) {
        return server.call(
                RunningServer.withToken(server.http11()).headers(headers -> headers.set("impersonate-user", user)),
                method,
                uri,
                new byte[0]);
    }

    @Test
    @Covers(resource = "nodes", subresource = "proxy")
    void aNodesKubeletAnswersWhateverIsAsked() {
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            assertThat(call(method, NODE + "/some/where?a=1&b").text()).isEqualTo(method + " /some/where?a=1&b");
        }
        assertThat(call("GET", "/api/v1/nodes/n1:" + kubelet.port() + "/proxy/").text())
                .isEqualTo("GET /");
        assertThat(call("TRACE", NODE + "/").status()).isEqualTo(405);
        assertThat(server.call(
                                RunningServer.withToken(server.http2()),
                                "POST",
                                NODE + "/echo",
                                "body".getBytes(StandardCharsets.UTF_8))
                        .text())
                .isEqualTo("body");
    }

    @Test
    void withoutASlashThereIsARedirect() {
        var reply = server.get(NODE + "?a=b");
        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.headers()).containsEntry("location", NODE + "/?a=b");
        assertThat(call("POST", NODE).text()).isEqualTo("POST /");
    }

    @Test
    void thePathStaysAsTheClientEncodedIt() {
        for (String path : List.of(
                "/a%2Fb/%E2%82%AC;v=1//c/./x/../y/",
                "/..%2f..%2fetc", "/%25%00", "/a;b=c/d?q=%2F&r=a+b%20c&&", "/~!$&'()*+,=:@-._")) {
            assertThat(server.get(NODE + path).text()).isEqualTo("GET " + path);
        }
    }

    /** Clients that encode less than they should are understood by upstream, too. */
    @Test
    void lettersThatShouldBeEncodedAreTaken() {
        try (var client = RawConnection.to(server.port(), server.pki.resolve("ca.crt"))) {
            client.send("GET " + NODE + "/a|b{c}^`\"<>\\?q=[x]|{y} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + RunningServer.TOKEN + "\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 200 ").contains("GET /a%7Cb%7Bc%7D");
        }
    }

    @Test
    void eachMethodNeedsItsVerb() {
        server.post(
                "/apis/rbac.authorization.k8s.io/v1/clusterroles",
                "{'metadata':{'name':'peek'},'rules':[{'apiGroups':[''],'resources':['nodes/proxy'],'verbs':['get']}]}");
        server.post(
                "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                "{'metadata':{'name':'peek'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole',"
                        + "'name':'peek'},'subjects':[{'kind':'User','apiGroup':'rbac.authorization.k8s.io','name':'eve'}]}");
        TestServer.await(() -> as("eve", "GET", NODE + "/x").status() == 200);
        assertThat(as("eve", "HEAD", NODE + "/x").status()).isEqualTo(200);
        Map.of("POST", "create", "PUT", "update", "PATCH", "patch", "DELETE", "delete")
                .forEach((method, verb) -> assertThat(as("eve", method, NODE + "/x")
                                .json()
                                .path("message")
                                .asString())
                        .isEqualTo("nodes \"n1\" is forbidden: User \"eve\" cannot " + verb
                                + " resource \"nodes/proxy\" in API group \"\" at the cluster scope"));
        assertThat(SEEN.keySet()).noneMatch(seen -> seen.equals("POST /x"));
        assertThat(SEEN.get("GET /x")).isNotNull();
        assertThat(SEEN.get("GET /x").names()).doesNotContain("impersonate-user", "authorization");
    }

    @Test
    void webSocketsPassThrough() {
        String echoed = RunningServer.withToken(server.http11())
                .websocket()
                .uri("wss://127.0.0.1:" + server.port() + NODE + "/socket")
                .handle((in, out) -> out.sendObject(new TextWebSocketFrame("over there"))
                        .then()
                        .thenMany(in.receive().asString().take(1)))
                .blockFirst(Duration.ofSeconds(20));
        assertThat(echoed).isEqualTo("over there");
    }

    @Test
    @Covers(resource = "pods", subresource = "proxy")
    void podsAreOnlyReachedAtAddressesThatPodsHave() {
        String pod = "/api/v1/namespaces/default/pods/web";
        assertThat(server.get(pod + "/proxy/").json().path("message").asString())
                .isEqualTo("address not allowed");
        Clusters.patch(server, pod + "/status", "{'status':{'podIP':'127.0.0.1','podIPs':[{'ip':'127.0.0.1'}]}}");
        assertThat(server.get(pod + ":" + kubelet.port() + "/proxy/")
                        .json()
                        .path("message")
                        .asString())
                .isEqualTo("address not allowed");
    }

    @Test
    void anAnswerThatIsCutIsCutForTheClient() {
        try (var client = RawConnection.to(server.port(), server.pki.resolve("ca.crt"))) {
            client.send("GET " + NODE + "/cut HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + RunningServer.TOKEN
                    + "\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nhalf");
        }
    }

    @Test
    void openExchangesAreCounted() {
        HttpClient client = RunningServer.withToken(server.http11());
        var waiting = client.get()
                .uri("https://127.0.0.1:" + server.port() + NODE + "/silent")
                .responseContent()
                .subscribe();
        TestServer.await(() -> open() == 1);
        waiting.dispose();
        TestServer.await(() -> open() == 0);
    }

    private static int open() {
        return server.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("apiserver_longrunning_requests{")
                        && line.contains("resource=\"nodes\"")
                        && line.contains("subresource=\"proxy\""))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
