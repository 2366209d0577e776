package io.kubespring.kubelet.server.stream;

import io.kubespring.kubelet.server.request.Exchange;
import io.kubespring.kubelet.server.request.HttpError;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a client's connection over: SPDY as it is, byte by byte; WebSockets translated. */
final class ClientUpgrade {

    private static final List<String> REMOTE_COMMAND = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");
    private static final List<String> SPDY_INSIDE = List.of("SPDY/3.1+portforward.k8s.io", "v2.portforward.k8s.io");
    private static final String STREAM_PROTOCOL = "X-Stream-Protocol-Version";
    private static final int MOST_FRAME_BYTES = 4 * 1024 * 1024;
    private static final long CONNECT_SECONDS = 30;

    private final Exchange exchange;
    private final Channel client;
    private final EventLoopGroup loops;

    ClientUpgrade(Exchange exchange, EventLoopGroup loops) {
        this.exchange = exchange;
        this.client = exchange.channel();
        this.loops = loops;
    }

    private String upgrade() {
        String header = exchange.request().headers().get(HttpHeaderNames.UPGRADE);
        return header == null ? "" : header.toLowerCase(Locale.ROOT);
    }

    private boolean isWebSocket() {
        return upgrade().equals("websocket");
    }

    void requireUpgrade() {
        if (!isWebSocket() && !upgrade().equals("spdy/3.1")) {
            throw new HttpError(400, "unable to upgrade: missing upgrade headers in request");
        }
    }

    /** Exec or attach. */
    void remoteCommand(URI address, Supplier<RemoteCommandBridge> bridges) throws IOException, InterruptedException {
        if (!isWebSocket()) {
            tunnel(address, "");
            return;
        }
        String protocol = choose(REMOTE_COMMAND);
        RemoteCommandBridge bridge = bridges.get();
        HttpHeaders headers = spdyHeaders().add(STREAM_PROTOCOL, "v4.channel.k8s.io");
        Channel runtime = await(
                RuntimeConnection.open(loops, address, headers, (channel, ignored) -> bridge.attachRuntime(channel)));
        onLoop(() -> {
            if (webSocket(protocol)) {
                bridge.begin(runtime);
            }
        });
    }

    /** Anything whose bytes the runtime understands as they are. */
    void tunnel(URI address, String protocolInside) throws IOException, InterruptedException {
        String inside = isWebSocket() ? choose(SPDY_INSIDE) : null;
        HttpHeaders headers = spdyHeaders();
        if (inside != null) {
            headers.add(STREAM_PROTOCOL, protocolInside);
        } else {
            exchange.request().headers().getAll(STREAM_PROTOCOL).forEach(each -> headers.add(STREAM_PROTOCOL, each));
        }
        var answered = new CompletableFuture<HttpHeaders>();
        Channel runtime = await(RuntimeConnection.open(loops, address, headers, (channel, answer) -> {
            channel.config().setAutoRead(false);
            channel.pipeline().addLast(new ByteTunnel(client));
            answered.complete(answer);
        }));
        HttpHeaders answer = answered.join();
        onLoop(() -> {
            if (inside != null ? webSocket(inside) : spdy(answer)) {
                if (inside != null) {
                    WebSocketTunnel.install(client);
                }
                client.pipeline().addLast(new ByteTunnel(runtime));
                runtime.config().setAutoRead(true);
                client.config().setAutoRead(true);
                client.read();
            }
        });
    }

    private static HttpHeaders spdyHeaders() {
        return new DefaultHttpHeaders().set("Connection", "Upgrade").set("Upgrade", "SPDY/3.1");
    }

    /** The first of the client's protocols that we speak. */
    private String choose(List<String> ours) {
        String offered = exchange.request().headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "");
        return Arrays.stream(offered.split(","))
                .map(String::strip)
                .filter(ours::contains)
                .findFirst()
                .orElseThrow(() -> new HttpError(
                        400,
                        "unable to upgrade: unable to negotiate protocol: client supports [" + offered
                                + "], server supports " + ours));
    }

    private boolean webSocket(String protocol) {
        client.pipeline().remove("requests");
        var factory = new WebSocketServerHandshakerFactory(exchange.path(), protocol, false, MOST_FRAME_BYTES);
        WebSocketServerHandshaker handshaker = factory.newHandshaker(exchange.request());
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(client);
            return false;
        }
        handshaker.handshake(client, exchange.request());
        return true;
    }

    private boolean spdy(@Nullable HttpHeaders answer) {
        client.pipeline().remove("requests");
        client.pipeline().remove("aggregator");
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers().set("Connection", "Upgrade").set("Upgrade", "SPDY/3.1");
        if (answer != null) {
            answer.getAll(STREAM_PROTOCOL).forEach(each -> response.headers().add(STREAM_PROTOCOL, each));
        }
        client.writeAndFlush(response);
        client.pipeline().remove("http");
        return true;
    }

    private void onLoop(Runnable task) throws IOException, InterruptedException {
        var done = new CompletableFuture<Channel>();
        exchange.request().retain();
        client.eventLoop().execute(() -> {
            try {
                task.run();
                done.complete(client);
            } catch (RuntimeException failure) {
                client.close();
                done.completeExceptionally(failure);
            } finally {
                exchange.request().release();
            }
        });
        await(done);
    }

    private static Channel await(CompletableFuture<Channel> future) throws IOException, InterruptedException {
        try {
            return future.get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new IOException("error dialing the runtime: " + failure.getCause(), failure);
        } catch (TimeoutException slow) {
            throw new IOException("the runtime did not answer in " + CONNECT_SECONDS + " s", slow);
        }
    }
}
