package io.kubespring.kubelet.server.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Makes a WebSocket look like a plain connection: what is written becomes binary messages, what binary messages carry is
 * passed on (KEP-4006, port-forward's SPDY inside a WebSocket).
 */
final class WebSocketTunnel {

    private WebSocketTunnel() {}

    static void install(Channel client) {
        client.pipeline().addLast(new Wrap()).addLast(new Unwrap());
    }

    private static final class Wrap extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            context.write(message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message, promise);
        }
    }

    private static final class Unwrap extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            switch (message) {
                case CloseWebSocketFrame close -> context.writeAndFlush(close).addListener(ChannelFutureListener.CLOSE);
                // Fragments need no care: bytes are bytes.
                case PingWebSocketFrame ping -> context.writeAndFlush(new PongWebSocketFrame(ping.content()));
                case PongWebSocketFrame pong -> ReferenceCountUtil.release(pong);
                case WebSocketFrame frame -> context.fireChannelRead(frame.content());
                default -> ReferenceCountUtil.release(message);
            }
        }
    }
}
