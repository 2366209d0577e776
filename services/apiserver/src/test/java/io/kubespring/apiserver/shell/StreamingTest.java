package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.kinds.Covers;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.WebsocketClientSpec;

/** Logs and exec, from a client through the server to a kubelet, over real TLS. */
class StreamingTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir
    static Path directory;

    private static RunningServer server;
    private static FakeKubelet kubelet;

    @BeforeAll
    static void start() {
        var pki = RunningServer.pkiIn(directory.resolve("pki"));
        pki.client("kubelet-client", "kube-apiserver-kubelet-client", "system:masters");
        kubelet = new FakeKubelet(pki);
        server = new RunningServer(directory, Clusters.kubeletFlags(pki));
        Clusters.node(server, "n1", kubelet.port());
        Clusters.boundPod(server, "web", "n1", "'containers':[{'name':'c','image':'i'}]");
        Clusters.boundPod(server, "two", "n1", "'containers':[{'name':'a','image':'i'},{'name':'b','image':'i'}]");
    }

    @AfterAll
    static void stop() {
        server.close();
        kubelet.close();
    }

    @Test
    @Covers(resource = "pods", subresource = "log")
    void logsComeFromTheKubelet() {
        var reply = server.get(PODS + "/web/log?tailLines=2&timestamps=true");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("line 1\nline 2\n");
        assertThat(reply.headers()).containsEntry("content-type", "text/plain");
        assertThat(kubelet.requests).contains("/containerLogs/default/web/c?timestamps=true&tailLines=2");
    }

    @Test
    void theContainerMustBeClear() {
        assertThat(server.get(PODS + "/two/log").json().path("message").asString())
                .isEqualTo("a container name must be specified for pod two, choose one of: [a b]");
        assertThat(server.get(PODS + "/two/log?container=x")
                        .json()
                        .path("message")
                        .asString())
                .isEqualTo("container x is not valid for pod two");
        assertThat(server.get(PODS + "/two/log?container=b").status()).isEqualTo(200);
        assertThat(server.get(PODS + "/two/log?container=b&tailLines=-1").status())
                .isEqualTo(422);
    }

    @Test
    @Covers(resource = "pods", subresource = "exec")
    void framesAndTheEndPassThrough() {
        List<String> received = new ArrayList<>();
        var closed = new AtomicReference<WebSocketCloseStatus>();
        var protocol = new AtomicReference<String>();
        RunningServer.withToken(server.http11())
                .websocket(WebsocketClientSpec.builder()
                        .protocols("v5.channel.k8s.io,v4.channel.k8s.io")
                        .build())
                .uri("wss://127.0.0.1:" + server.port() + PODS
                        + "/web/exec?command=echo&command=a%20b&stdin=1&stdout=1")
                .handle((in, out) -> {
                    protocol.set(in.selectedSubprotocol());
                    in.receiveCloseStatus().subscribe(closed::set);
                    var send = out.sendObject(Flux.just("\0hello", "\0bye")
                            .map(text ->
                                    new BinaryWebSocketFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8))));
                    var receive = in.receiveFrames()
                            .doOnNext(frame -> received.add(frame.content().toString(StandardCharsets.UTF_8)))
                            .then();
                    return Mono.when(send.then(), receive);
                })
                .blockLast(Duration.ofSeconds(15));
        assertThat(received).containsExactly("\0hello", "\0bye");
        assertThat(protocol.get()).isEqualTo("v5.channel.k8s.io");
        io.kubespring.apiserver.TestServer.await(() -> closed.get() != null);
        assertThat(closed.get().code()).isEqualTo(1000);
    }

    @Test
    void withoutAnUpgradeThereIsNoExec() {
        var reply = server.get(PODS + "/web/exec?command=ls");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asString()).isEqualTo("Upgrade request required");
        assertThat(server.get(PODS + "/web/portforward").status()).isEqualTo(400);
    }
}
