package io.kubespring.service.upgrade;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/**
 * Passes on whatever is read to another connection; both end together. What one side sent before it ended still arrives,
 * if the other side takes it in good time.
 */
public final class ByteTunnel extends Pump {

    private static final long LAST_BYTES_SECONDS = 10;

    public ByteTunnel(Channel other) {
        super(other);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        passOn(context, message);
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
}
