package io.kubespring.apiserver.shell;

import io.kubespring.service.pki.ClusterPki;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;

/** A kubelet at the level of bytes: answers every upgrade with what the test says, then echoes, floods or stays silent. */
final class RawKubelet implements AutoCloseable {

    /** Heads of requests, as they came. */
    final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    final List<Channel> connections = new CopyOnWriteArrayList<>();
    final AtomicLong received = new AtomicLong();
    final AtomicBoolean reading = new AtomicBoolean(true);

    volatile String answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n";
    volatile boolean echo = true;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listener;

    RawKubelet(ClusterPki pki) {
        pki.serving("kubelet", "system:node:n1", List.of("127.0.0.1"));
        try {
            SslContext tls = SslContextBuilder.forServer(
                            pki.file("kubelet.crt").toFile(),
                            pki.file("kubelet.key").toFile())
                    .trustManager(pki.file("ca.crt").toFile())
                    .clientAuth(ClientAuth.REQUIRE)
                    .build();
            listener = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            connections.add(channel);
                            channel.pipeline()
                                    .addLast(tls.newHandler(channel.alloc()))
                                    .addLast(new Head());
                        }
                    })
                    .bind("127.0.0.1", 0)
                    .sync()
                    .channel();
        } catch (SSLException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    private final class Head extends SimpleChannelInboundHandler<ByteBuf> {
        private final StringBuilder text = new StringBuilder();

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            text.append(bytes.toString(StandardCharsets.ISO_8859_1));
            if (text.indexOf("\r\n\r\n") < 0) {
                return;
            }
            heads.add(text.toString());
            context.pipeline().replace(this, "echo", new Echo());
            context.channel().config().setAutoRead(reading.get());
            var written = context.channel().writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.ISO_8859_1));
            if (!answer.contains(" 101 ")) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            received.addAndGet(((ByteBuf) message).readableBytes());
            if (echo) {
                context.writeAndFlush(message);
            } else {
                ((ByteBuf) message).release();
            }
        }
    }

    @Override
    public void close() {
        listener.close();
        loops.shutdownGracefully();
    }
}
