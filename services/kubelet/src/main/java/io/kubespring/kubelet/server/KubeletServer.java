package io.kubespring.kubelet.server;

import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.kubelet.config.ServerSettings;
import io.kubespring.kubelet.server.request.Endpoint;
import io.kubespring.service.access.CallerAuthenticator;
import io.kubespring.service.access.TokenReviews;
import io.kubespring.service.connection.KeepAlive;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The kubelet's HTTPS endpoint on port 10250. Directly on Netty, because exec, attach and port-forward take their
 * connections over; every request is authenticated and authorized first.
 */
public final class KubeletServer implements AutoCloseable {

    private static final int MOST_BODY_BYTES = 1024 * 1024;
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(2);

    private final ServerSettings settings;
    private final SslContext tls;
    private final CallerAuthenticator authenticator;
    private final CallerAuthorizer authorizer;
    private final List<Endpoint> endpoints;
    private final EventLoopGroup loops;
    private @Nullable Channel listener;

    /** @param loops also used by the endpoints for their own connections; closed with this server */
    public KubeletServer(
            ServerSettings settings,
            String nodeName,
            String address,
            KubeClient client,
            TimeSource time,
            EventLoopGroup loops,
            List<Endpoint> endpoints)
            throws IOException, GeneralSecurityException {
        this.settings = settings;
        this.tls = ServerTls.context(settings, nodeName, address, time.now());
        this.authenticator = new CallerAuthenticator(
                ServerTls.authorities(settings.clientCaFile()),
                settings.anonymous(),
                settings.webhook() ? new TokenReviews(client, TOKEN_LIFE) : null,
                time);
        this.authorizer = new CallerAuthorizer(nodeName, settings.webhook(), client);
        this.endpoints = endpoints;
        this.loops = loops;
    }

    public static EventLoopGroup eventLoops() {
        return new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("kubelet-net", true), NioIoHandler.newFactory());
    }

    /** @throws IllegalStateException where the port is taken */
    public void start() {
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        KeepAlive.enable(channel);
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast("http", new HttpServerCodec())
                                .addLast("aggregator", new HttpObjectAggregator(MOST_BODY_BYTES))
                                .addLast("requests", new RequestHandler(authenticator, authorizer, endpoints));
                    }
                })
                .bind(settings.address(), settings.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(
                    "cannot listen on " + settings.address() + ":" + settings.port() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listener = bound.channel();
    }

    /** The port it listens on. */
    public int port() {
        Channel channel = listener;
        return channel == null ? settings.port() : ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        Channel channel = listener;
        if (channel != null) {
            channel.close();
        }
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }
}
