package io.kubespring.service.upgrade;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.concurrent.TimeUnit;

/**
 * Passes on whatever is read to another connection, no faster than that one takes it; both end together. What one side
 * sent before it ended still arrives, if the other side takes it in good time. A pipeline's idle event ends both.
 */
public final class ByteTunnel extends ChannelInboundHandlerAdapter {

    private static final long LAST_BYTES_SECONDS = 10;

    private final Channel other;

    public ByteTunnel(Channel other) {
        this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        other.write(message);
        if (!other.isWritable()) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            // Bytes may lie in the buffer that nobody flushed yet: without this it would never be writable again.
            context.channel().flush();
        }
        other.config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endAfterLastBytes(other);
        context.fireChannelInactive();
    }

    /** Closes a connection when what was written to it has gone out, or after a while. */
    public static void endAfterLastBytes(Channel channel) {
        if (!channel.isActive()) {
            return;
        }
        var patience = channel.eventLoop()
                .schedule(
                        () -> {
                            channel.close();
                        },
                        LAST_BYTES_SECONDS,
                        TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> patience.cancel(false));
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            context.close();
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
