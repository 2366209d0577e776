package io.kubespring.apiserver.shell;

import static io.kubespring.testing.await.Eventually.eventually;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLException;

/** Many watchers that read, over TLS: streams that share HTTP/2 connections, as Go's client does it. */
final class WatchCrowd implements AutoCloseable {

    /** Fewer than a server's usual limit of 100. */
    private static final int STREAMS_PER_CONNECTION = 90;

    private final int port;
    private final String path;
    private final SslContext tls;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<SequenceReader> readers = new ArrayList<>();

    WatchCrowd(int port, Path authority, String path) {
        this.port = port;
        this.path = path;
        try {
            tls = SslContextBuilder.forClient()
                    .trustManager(authority.toFile())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2))
                    .build();
        } catch (SSLException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Adds watchers, one connection of them after the other: returns when all have begun. */
    void add(int count, LongConsumer received) {
        for (int left = count; left > 0; left -= STREAMS_PER_CONNECTION) {
            List<SequenceReader> some = new ArrayList<>();
            for (int i = 0; i < Math.min(left, STREAMS_PER_CONNECTION); i++) {
                some.add(new SequenceReader(received));
            }
            connect(new WatchConnection(path, some));
            eventually(() -> some.stream().allMatch(each -> each.connected() || each.ended()));
            readers.addAll(some);
        }
    }

    private void connect(WatchConnection connection) {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.newHandler(channel.alloc(), "127.0.0.1", port), connection);
                    }
                })
                .connect("127.0.0.1", port)
                .syncUninterruptibly();
    }

    List<SequenceReader> readers() {
        return readers;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
