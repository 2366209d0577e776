package io.kubespring.service.upgrade;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * One direction between two connections on one event loop: what is read here goes to the other, no faster than that one
 * takes it, and nothing is flushed before the end of a read. A pipeline's idle event and every failure end it.
 */
public abstract class Pump extends ChannelInboundHandlerAdapter {

    /** Where it goes. */
    protected final Channel other;

    protected Pump(Channel other) {
        this.other = other;
    }

    /** Writes to the other connection; this one is not read on while that one is full. */
    protected final void passOn(ChannelHandlerContext context, Object message) {
        other.write(message);
        if (!other.isWritable()) {
            // What nobody flushes would never be gone, and this connection never be read again.
            other.flush();
            context.channel().config().setAutoRead(other.isWritable());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            context.flush();
        }
        other.config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
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
