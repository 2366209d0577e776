package io.kubespring.kubelet.server.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Translates between a client's WebSocket ({@code v4.channel.k8s.io} or v5: the first byte of a message names the channel)
 * and the runtime's SPDY/3.1 (one stream a channel, named by its {@code streamType} header). SPDY, because only there can
 * stdin be closed while the answer still comes: v5's close message becomes the end of the stream.
 */
final class RemoteCommandBridge {

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int ERROR = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;
    private static final int NORMAL_CLOSURE = 1000;

    /** Stream ids by channel; a client's ids are odd and grow. */
    private final Map<Integer, Integer> streams = new LinkedHashMap<>();

    private final Channel client;

    RemoteCommandBridge(Channel client, boolean stdin, boolean stdout, boolean stderr, boolean tty) {
        this.client = client;
        add(ERROR, true);
        add(STDIN, stdin);
        add(STDOUT, stdout);
        add(STDERR, stderr && !tty);
        add(RESIZE, tty);
    }

    private void add(int channel, boolean wanted) {
        if (wanted) {
            streams.put(channel, streams.size() * 2 + 1);
        }
    }

    private static String streamType(int channel) {
        return switch (channel) {
            case STDIN -> "stdin";
            case STDOUT -> "stdout";
            case STDERR -> "stderr";
            case RESIZE -> "resize";
            default -> "error";
        };
    }

    /** Called on the runtime connection's event loop when it has been taken over. */
    void attachRuntime(Channel runtime) {
        // Nothing of the answer may come before the client's side is ready for it.
        runtime.config().setAutoRead(false);
        runtime.pipeline().addLast(new SpdyFrameCodec(SpdyVersion.SPDY_3_1)).addLast(new FromRuntime());
    }

    /** Opens the streams; called when the client's WebSocket is ready. */
    void begin(Channel runtime) {
        client.pipeline().addLast(new FromClient(runtime));
        runtime.eventLoop().execute(() -> {
            streams.forEach((channel, id) -> {
                var open = new DefaultSpdySynStreamFrame(id, 0, (byte) 0);
                open.headers().set("streamtype", streamType(channel));
                runtime.write(open);
            });
            runtime.flush();
            runtime.config().setAutoRead(true);
        });
        client.config().setAutoRead(true);
        client.read();
    }

    private final class FromRuntime extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof SpdyDataFrame data) {
                    forward(context, data);
                } else if (message instanceof SpdyPingFrame ping) {
                    context.writeAndFlush(ping);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void forward(ChannelHandlerContext context, SpdyDataFrame data) {
            for (var entry : streams.entrySet()) {
                if (entry.getValue() == data.streamId() && data.content().isReadable()) {
                    ByteBuf channel =
                            Unpooled.wrappedBuffer(new byte[] {entry.getKey().byteValue()});
                    client.writeAndFlush(new BinaryWebSocketFrame(
                            Unpooled.wrappedBuffer(channel, data.content().retain())));
                }
            }
            if (!client.isWritable()) {
                context.channel().config().setAutoRead(false);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            client.config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            client.writeAndFlush(new CloseWebSocketFrame(NORMAL_CLOSURE, "")).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private final class FromClient extends ChannelInboundHandlerAdapter {

        private final Channel runtime;

        FromClient(Channel runtime) {
            this.runtime = runtime;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                switch (message) {
                    case CloseWebSocketFrame close -> {
                        context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
                        runtime.close();
                    }
                    case PingWebSocketFrame ping ->
                        context.writeAndFlush(
                                new PongWebSocketFrame(ping.content().retain()));
                    case PongWebSocketFrame ignored -> {}
                    case WebSocketFrame frame -> data(context, frame.content());
                    default -> {}
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void data(ChannelHandlerContext context, ByteBuf content) {
            if (!content.isReadable()) {
                return;
            }
            int channel = content.readUnsignedByte();
            boolean closes = channel == CLOSE && content.isReadable();
            Integer id = streams.get(closes ? (int) content.readUnsignedByte() : channel);
            if (id == null) {
                return;
            }
            var data = new DefaultSpdyDataFrame(id, closes ? Unpooled.EMPTY_BUFFER : content.retain());
            data.setLast(closes);
            runtime.writeAndFlush(data);
            if (!runtime.isWritable()) {
                context.channel().config().setAutoRead(false);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            runtime.config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            runtime.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
