package io.kubespring.kubelet.server.stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Connects to the address that the runtime gave for a stream, and takes the connection over by an HTTP upgrade. */
final class RuntimeConnection {

    private RuntimeConnection() {}

    /**
     * @param headers of the upgrade request
     * @param upgraded called on the connection's event loop, before any byte of the new protocol is read: adds handlers
     * @return completes when the connection is taken over, or fails
     */
    static CompletableFuture<Channel> open(
            EventLoopGroup loops, URI address, HttpHeaders headers, BiConsumer<Channel, HttpHeaders> upgraded) {
        var result = new CompletableFuture<Channel>();
        var connecting = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new Upgrade(address, headers, upgraded, result));
                    }
                })
                .connect(address.getHost(), address.getPort());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                result.completeExceptionally(done.cause());
            }
        });
        return result;
    }

    private static final class Upgrade extends ChannelInboundHandlerAdapter {

        private final URI address;
        private final HttpHeaders headers;
        private final BiConsumer<Channel, HttpHeaders> upgraded;
        private final CompletableFuture<Channel> result;
        private @Nullable HttpResponse response;

        Upgrade(
                URI address,
                HttpHeaders headers,
                BiConsumer<Channel, HttpHeaders> upgraded,
                CompletableFuture<Channel> result) {
            this.address = address;
            this.headers = headers;
            this.upgraded = upgraded;
            this.result = result;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            String query = address.getRawQuery();
            String path = address.getRawPath() + (query == null ? "" : "?" + query);
            var request =
                    new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.EMPTY_BUFFER);
            request.headers().set(headers).set("Host", address.getAuthority()).set("Content-Length", 0);
            context.writeAndFlush(request);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof HttpResponse head) {
                    response = head;
                }
                if (message instanceof LastHttpContent) {
                    finish(context);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void finish(ChannelHandlerContext context) {
            HttpResponse head = response;
            if (head == null || head.status().code() != 101) {
                context.close();
                result.completeExceptionally(new IOException(
                        "the runtime refused the stream: " + (head == null ? "no answer" : head.status())));
                return;
            }
            Channel channel = context.channel();
            upgraded.accept(channel, head.headers());
            channel.pipeline().remove(this);
            channel.pipeline().remove(HttpClientCodec.class);
            result.complete(channel);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            result.completeExceptionally(new IOException("the runtime closed the stream's connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            result.completeExceptionally(cause);
            context.close();
        }
    }
}
