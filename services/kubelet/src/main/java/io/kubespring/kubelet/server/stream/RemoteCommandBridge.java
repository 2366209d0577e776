package io.kubespring.kubelet.server.stream;

import io.kubespring.service.upgrade.ByteTunnel;
import io.kubespring.service.upgrade.Pump;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Translates between a client's WebSocket ({@code v5.channel.k8s.io}: the first byte of a message names the channel) and
 * the runtime's SPDY/3.1 (one stream a channel, named by its {@code streamType} header). SPDY, because only there can stdin
 * be closed while the answer still comes: v5's close message becomes the end of the stream. Both connections live on one
 * event loop, and neither is read faster than the other takes it.
 */
final class RemoteCommandBridge {

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int ERROR = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;
    private static final int NONE = -1;
    private static final int NORMAL_CLOSURE = 1000;

    /** Stream ids by channel; a client's ids are odd and grow. */
    private final Map<Integer, Integer> streams = new LinkedHashMap<>();

    /** Channels that the client writes to and has not closed: what comes after the end of a stream breaks SPDY. */
    private final Set<Integer> open = new HashSet<>();

    RemoteCommandBridge(boolean stdin, boolean stdout, boolean stderr, boolean tty) {
        add(ERROR, true);
        add(STDIN, stdin);
        add(STDOUT, stdout);
        add(STDERR, stderr && !tty);
        add(RESIZE, tty);
    }

    private void add(int channel, boolean wanted) {
        if (wanted) {
            streams.put(channel, streams.size() * 2 + 1);
            if (channel == STDIN || channel == RESIZE) {
                open.add(channel);
            }
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

    /** Opens the streams; on the event loop of both, when both are upgraded. */
    void begin(Channel client, Channel runtime) {
        runtime.pipeline().addLast(new SpdyFrameCodec(SpdyVersion.SPDY_3_1)).addLast(new FromRuntime(client));
        client.pipeline().addLast(new FromClient(runtime));
        streams.forEach((channel, id) -> {
            var open = new DefaultSpdySynStreamFrame(id, 0, (byte) 0);
            open.headers().set("streamtype", streamType(channel));
            runtime.write(open);
        });
        runtime.flush();
    }

    private int channelOf(int stream) {
        for (var entry : streams.entrySet()) {
            if (entry.getValue() == stream) {
                return entry.getKey();
            }
        }
        return NONE;
    }

    private final class FromRuntime extends Pump {

        FromRuntime(Channel client) {
            super(client);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof SpdyDataFrame data) {
                    int channel = channelOf(data.streamId());
                    if (channel != NONE && data.content().isReadable()) {
                        ByteBuf name = context.alloc().buffer(1).writeByte(channel);
                        passOn(
                                context,
                                new BinaryWebSocketFrame(Unpooled.wrappedBuffer(
                                        name, data.content().retain())));
                    }
                } else if (message instanceof SpdyPingFrame ping) {
                    context.writeAndFlush(ping);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.write(new CloseWebSocketFrame(NORMAL_CLOSURE, ""));
            ByteTunnel.endAfterLastBytes(other);
        }
    }

    private final class FromClient extends Pump {

        /** The channel of a message that comes in several frames. */
        private int unfinished = NONE;

        FromClient(Channel runtime) {
            super(runtime);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                switch (message) {
                    case CloseWebSocketFrame close -> {
                        context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
                        other.close();
                    }
                    case PingWebSocketFrame ping ->
                        context.writeAndFlush(
                                new PongWebSocketFrame(ping.content().retain()));
                    case PongWebSocketFrame ignored -> {}
                    case WebSocketFrame frame -> data(context, frame);
                    default -> {}
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void data(ChannelHandlerContext context, WebSocketFrame frame) {
            ByteBuf content = frame.content();
            int channel = unfinished;
            if (!(frame instanceof ContinuationWebSocketFrame)) {
                channel = content.isReadable() ? content.readUnsignedByte() : NONE;
            }
            unfinished = frame.isFinalFragment() ? NONE : channel;
            boolean closes = channel == CLOSE && content.isReadable();
            int named = closes ? content.readUnsignedByte() : channel;
            Integer id = streams.get(named);
            if (id != null && open.contains(named) && (closes || content.isReadable())) {
                if (closes) {
                    open.remove(named);
                }
                var data = new DefaultSpdyDataFrame(id, closes ? Unpooled.EMPTY_BUFFER : content.retain());
                data.setLast(closes);
                passOn(context, data);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.close();
        }
    }
}
