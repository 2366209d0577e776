package io.kubespring.apiserver.shell;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;

/**
 * One HTTP/2 connection with a watch on each of its streams, as little as that takes: what thousands of watchers cost their
 * client would otherwise be what a test measures. Its windows never close but by the system's.
 */
final class WatchConnection extends ByteToMessageDecoder {

    private static final int WINDOW = Integer.MAX_VALUE;
    private static final int GIVE_BACK = 1 << 20;

    private final String path;
    private final List<SequenceReader> readers;
    private final Http2FrameReader frames = new DefaultHttp2FrameReader(false);
    private final Http2FrameWriter writer = new DefaultHttp2FrameWriter();
    private final int[] taken;
    private int takenOfAll;

    /** @param readers of the watches that it starts */
    WatchConnection(String path, List<SequenceReader> readers) {
        this.path = path;
        this.readers = readers;
        taken = new int[readers.size()];
    }

    private static int stream(int reader) {
        return 2 * reader + 1;
    }

    private SequenceReader reader(int stream) {
        return readers.get(stream / 2);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake) || !handshake.isSuccess()) {
            return;
        }
        context.write(Http2CodecUtil.connectionPrefaceBuf());
        writer.writeSettings(
                context, new Http2Settings().initialWindowSize(WINDOW).pushEnabled(false), context.newPromise());
        writer.writeWindowUpdate(context, 0, WINDOW - Http2CodecUtil.DEFAULT_WINDOW_SIZE, context.newPromise());
        Http2Headers headers = new DefaultHttp2Headers()
                .method("GET")
                .scheme("https")
                .authority("127.0.0.1")
                .path(path)
                .add("authorization", "Bearer " + RunningServer.TOKEN);
        for (int i = 0; i < readers.size(); i++) {
            int stream = stream(i);
            writer.writeHeaders(context, stream, headers, 0, true, context.newPromise());
        }
        context.flush();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Http2Exception {
        int before;
        do {
            before = in.readableBytes();
            frames.readFrame(context, in, listener);
        } while (in.isReadable() && in.readableBytes() != before);
    }

    private final Http2FrameAdapter listener = new Http2FrameAdapter() {
        @Override
        public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end) {
            int size = data.readableBytes() + padding;
            reader(stream).read(data);
            give(context, stream, size);
            if (end) {
                reader(stream).end();
            }
            return size;
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int stream,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end) {
            onHeadersRead(context, stream, headers, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end) {
            if ("200".contentEquals(headers.status()) && !end) {
                reader(stream).connect();
            } else {
                reader(stream).end();
            }
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
            reader(stream).end();
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
            writer.writeSettingsAck(context, context.newPromise());
            context.flush();
        }

        @Override
        public void onPingRead(ChannelHandlerContext context, long data) {
            writer.writePing(context, true, data, context.newPromise());
            context.flush();
        }
    };

    private void give(ChannelHandlerContext context, int stream, int bytes) {
        takenOfAll += bytes;
        taken[stream / 2] += bytes;
        boolean given = false;
        if (takenOfAll > GIVE_BACK) {
            writer.writeWindowUpdate(context, 0, takenOfAll, context.newPromise());
            takenOfAll = 0;
            given = true;
        }
        if (taken[stream / 2] > GIVE_BACK) {
            writer.writeWindowUpdate(context, stream, taken[stream / 2], context.newPromise());
            taken[stream / 2] = 0;
            given = true;
        }
        if (given) {
            context.flush();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        readers.forEach(SequenceReader::end);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
