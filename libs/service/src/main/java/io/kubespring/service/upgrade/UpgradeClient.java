package io.kubespring.service.upgrade;

import io.kubespring.service.connection.KeepAlive;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server to upgrade a new connection. The connection lives on the event loop of the one that it is opened for, so
 * that what passes between the two never changes threads.
 */
public final class UpgradeClient {

    private static final int CONNECT_MILLIS = 30_000;
    private static final int MOST_REFUSAL_BYTES = 64 * 1024;

    /** @param tls null for a plain connection; verifies the host's name where it is set to */
    public record Target(String host, int port, @Nullable SslContext tls) {}

    /** What came of it. */
    public sealed interface Answer {}

    /** @param channel handed over, without any HTTP codec */
    public record Upgraded(Channel channel) implements Answer {}

    /** @param body its beginning, at most 64 KiB */
    public record Refused(HttpResponse head, byte[] body) implements Answer {}

    private UpgradeClient() {}

    /**
     * @param companion the connection that this one is for
     * @param upgraded called on the event loop with the answer's head, before any byte of the new protocol is read: adds
     *     handlers
     * @return fails where the connection does; completes on the event loop
     */
    public static CompletableFuture<Answer> open(
            Channel companion, Target target, FullHttpRequest request, BiConsumer<Channel, HttpResponse> upgraded) {
        var result = new CompletableFuture<Answer>();
        SslContext tls = target.tls();
        ChannelFuture connecting = new Bootstrap()
                .group(companion.eventLoop())
                .channel(companion.getClass())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        KeepAlive.enable(channel);
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc(), target.host(), target.port()));
                        }
                        channel.pipeline()
                                .addLast(new HttpRequestEncoder())
                                .addLast(new HttpResponseDecoder())
                                .addLast(new Upgrade(request, upgraded, result));
                    }
                })
                .connect(target.host(), target.port());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                ReferenceCountUtil.release(request);
                result.completeExceptionally(done.cause());
            }
        });
        endWith(companion, connecting.channel(), result);
        return result;
    }

    /** Nobody waits any more for the answer when the other connection has gone. */
    private static void endWith(Channel companion, Channel channel, CompletableFuture<Answer> result) {
        ChannelFutureListener close = gone -> channel.close();
        companion.closeFuture().addListener(close);
        result.whenComplete((answer, failure) -> companion.closeFuture().removeListener(close));
    }

    private static final class Upgrade extends ChannelInboundHandlerAdapter {

        private final FullHttpRequest request;
        private final BiConsumer<Channel, HttpResponse> upgraded;
        private final CompletableFuture<Answer> result;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private @Nullable HttpResponse head;

        Upgrade(FullHttpRequest request, BiConsumer<Channel, HttpResponse> upgraded, CompletableFuture<Answer> result) {
            this.request = request;
            this.upgraded = upgraded;
            this.result = result;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(request);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
            try {
                if (message instanceof HttpResponse answer) {
                    head = answer;
                }
                if (message instanceof HttpContent content) {
                    collect(content);
                }
                if (message instanceof LastHttpContent && head != null) {
                    finish(context, head);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void collect(HttpContent content) throws IOException {
            var bytes = content.content();
            int room = Math.min(bytes.readableBytes(), MOST_REFUSAL_BYTES - body.size());
            bytes.readBytes(body, room);
        }

        private void finish(ChannelHandlerContext context, HttpResponse answer) {
            Channel channel = context.channel();
            switch (answer.status().code()) {
                case 101 -> {
                    channel.pipeline().remove(HttpRequestEncoder.class);
                    upgraded.accept(channel, answer);
                    channel.pipeline().remove(this);
                    // Passes on what it had read already.
                    channel.pipeline().remove(HttpResponseDecoder.class);
                    result.complete(new Upgraded(channel));
                }
                case 100, 102, 103 -> body.reset();
                default -> {
                    result.complete(new Refused(answer, body.toByteArray()));
                    context.close();
                }
            }
        }

        /** An answer without a length ends with its connection. */
        @Override
        public void channelInactive(ChannelHandlerContext context) {
            result.completeExceptionally(new IOException("EOF"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            result.completeExceptionally(cause);
            context.close();
        }
    }
}
