package io.kubespring.kubelet.server.stream;

import io.kubespring.kubelet.server.request.Exchange;
import io.kubespring.kubelet.server.request.HttpError;
import io.kubespring.service.upgrade.ByteTunnel;
import io.kubespring.service.upgrade.DialFailure;
import io.kubespring.service.upgrade.ForwardedHeaders;
import io.kubespring.service.upgrade.Takeover;
import io.kubespring.service.upgrade.UpgradeClient;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects a client's connection to the runtime's stream. Where both speak the same protocol (SPDY/3.1, WebSocket up to
 * {@code v4.channel.k8s.io}), bytes pass unread; {@code v5.channel.k8s.io} and port-forward inside a WebSocket, which
 * runtimes do not know, are translated to SPDY. The runtime is asked first: what it refuses is still an HTTP answer.
 */
final class ClientUpgrade {

    private static final String V5 = "v5.channel.k8s.io";
    private static final String SPDY_INSIDE = "SPDY/3.1+portforward.k8s.io";
    private static final String STREAM_PROTOCOL = "X-Stream-Protocol-Version";
    private static final int MOST_FRAME_BYTES = 1024 * 1024;
    private static final long CONNECT_SECONDS = 45;

    private final Exchange exchange;
    private final Channel client;
    private final Duration idle;

    /** @param idle after which a silent stream is ended; zero for never */
    ClientUpgrade(Exchange exchange, Duration idle) {
        this.exchange = exchange;
        this.client = exchange.channel();
        this.idle = idle;
    }

    private boolean isWebSocket() {
        return "websocket".equals(upgrade());
    }

    private String upgrade() {
        return exchange.request().headers().get(HttpHeaderNames.UPGRADE, "").toLowerCase(Locale.ROOT);
    }

    void requireUpgrade() {
        if (!isWebSocket() && !upgrade().equals("spdy/3.1")) {
            throw new HttpError(400, "unable to upgrade: missing upgrade headers in request");
        }
    }

    private boolean offers(String protocol) {
        String offered = exchange.request().headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "");
        for (String each : offered.split(",")) {
            if (each.strip().equals(protocol)) {
                return isWebSocket();
            }
        }
        return false;
    }

    /** Exec or attach. */
    void remoteCommand(URI address, RemoteCommandBridge bridge) throws IOException, InterruptedException {
        if (offers(V5)) {
            FullHttpRequest spdy = spdy(address, "v4.channel.k8s.io");
            connect(address, spdy, (runtime, head) -> {
                webSocket(V5);
                bridge.begin(client, runtime);
            });
        } else {
            tunnel(address);
        }
    }

    void portForward(URI address) throws IOException, InterruptedException {
        if (offers(SPDY_INSIDE)) {
            connect(address, spdy(address, "portforward.k8s.io"), (runtime, head) -> {
                webSocket(SPDY_INSIDE);
                WebSocketTunnel.install(client);
                client.pipeline().addLast(new ByteTunnel(runtime));
                runtime.pipeline().addLast(new ByteTunnel(client));
            });
        } else {
            tunnel(address);
        }
    }

    /** The client's own upgrade, as it is. */
    private void tunnel(URI address) throws IOException, InterruptedException {
        FullHttpRequest asked = request(address, exchange.request().method());
        ForwardedHeaders.copy(exchange.request().headers(), asked.headers());
        asked.headers().set("Host", address.getAuthority()).remove("Origin");
        asked.headers().remove("Transfer-Encoding").remove("Content-Length");
        if (!asked.method().equals(HttpMethod.GET)) {
            asked.headers().set("Content-Length", 0);
        }
        connect(address, asked, (runtime, head) -> {
            runtime.pipeline().addLast(new ByteTunnel(client));
            Takeover.install(client, new ByteTunnel(runtime), null, head);
        });
    }

    private static FullHttpRequest spdy(URI address, String protocol) {
        FullHttpRequest asked = request(address, HttpMethod.POST);
        asked.headers()
                .set("Host", address.getAuthority())
                .set("Connection", "Upgrade")
                .set("Upgrade", "SPDY/3.1")
                .set(STREAM_PROTOCOL, protocol)
                .set("Content-Length", 0);
        return asked;
    }

    private static FullHttpRequest request(URI address, HttpMethod method) {
        String query = address.getRawQuery();
        String path = address.getRawPath() + (query == null ? "" : "?" + query);
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, Unpooled.EMPTY_BUFFER);
    }

    /** Takes over both connections; on the event loop that they share. */
    private interface Upgraded {
        void accept(Channel runtime, HttpResponse head);
    }

    private void connect(URI address, FullHttpRequest asked, Upgraded upgraded)
            throws IOException, InterruptedException {
        var target = new UpgradeClient.Target(address.getHost(), address.getPort(), null);
        exchange.request().retain();
        var answer = UpgradeClient.open(client, target, asked, (runtime, head) -> begin(runtime, head, upgraded));
        answer.whenComplete((any, failure) -> exchange.request().release());
        if (await(answer, target) instanceof UpgradeClient.Refused refused) {
            exchange.refuse(refused.head(), refused.body());
        }
    }

    private void begin(Channel runtime, HttpResponse head, Upgraded upgraded) {
        if (!client.isActive()) {
            runtime.close();
            return;
        }
        if (!idle.isZero()) {
            runtime.pipeline().addLast(new IdleStateHandler(0, 0, idle.toSeconds(), TimeUnit.SECONDS));
        }
        upgraded.accept(runtime, head);
    }

    private void webSocket(String protocol) {
        client.pipeline().remove("requests");
        var factory = new WebSocketServerHandshakerFactory(exchange.path(), protocol, false, MOST_FRAME_BYTES);
        WebSocketServerHandshaker handshaker = factory.newHandshaker(exchange.request());
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(client);
            throw new IllegalStateException("unsupported version of WebSocket");
        }
        handshaker.handshake(client, exchange.request());
    }

    private static UpgradeClient.Answer await(
            CompletableFuture<UpgradeClient.Answer> answer, UpgradeClient.Target target)
            throws IOException, InterruptedException {
        try {
            return answer.get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException failure) {
            throw new IOException(
                    "error dialing backend: " + DialFailure.text(target.host(), target.port(), failure), failure);
        } catch (TimeoutException slow) {
            throw new IOException("the runtime did not answer in " + CONNECT_SECONDS + " s", slow);
        }
    }
}
