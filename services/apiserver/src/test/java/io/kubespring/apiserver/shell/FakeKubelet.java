package io.kubespring.apiserver.shell;

import io.kubespring.service.pki.ClusterPki;
import io.kubespring.service.tls.ServingTls;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketOutbound;

/** Answers as a kubelet would: logs with their query, and an exec that echoes frames and ends when told "bye". */
final class FakeKubelet implements AutoCloseable {

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final DisposableServer server;

    FakeKubelet(ClusterPki pki) {
        pki.serving("kubelet", "system:node:n1", List.of("127.0.0.1"));
        HttpServer base = HttpServer.create().host("127.0.0.1").port(0);
        server = ServingTls.http1(pki.file("kubelet.crt"), pki.file("kubelet.key"))
                .apply(base)
                .route(routes -> routes.get("/containerLogs/{ns}/{pod}/{container}", (request, response) -> {
                            requests.add(request.uri());
                            return response.sendString(Mono.just("line 1\nline 2\n"));
                        })
                        .ws(
                                "/exec/{ns}/{pod}/{container}",
                                (in, out) -> in.receiveFrames()
                                        .map(WebSocketFrame::retain)
                                        .concatMap(frame -> echo(frame, out))
                                        .then(),
                                WebsocketServerSpec.builder()
                                        .protocols("v5.channel.k8s.io,v4.channel.k8s.io")
                                        .build()))
                .bindNow();
    }

    private static Mono<Void> echo(WebSocketFrame frame, WebsocketOutbound out) {
        boolean last = isBye(frame);
        Mono<Void> echoed = out.sendObject(frame).then();
        return last ? echoed.then(Mono.defer(() -> out.sendClose(1000, "done"))) : echoed;
    }

    private static boolean isBye(WebSocketFrame frame) {
        return frame.content().toString(java.nio.charset.StandardCharsets.UTF_8).endsWith("bye");
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
