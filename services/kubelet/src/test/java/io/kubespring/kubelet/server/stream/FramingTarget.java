package io.kubespring.kubelet.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.service.upgrade.ByteTunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where frames are looked at: garbage on one side never makes what is no protocol of the other side, costs no more than was
 * sent, ends both connections or none, and leaves no buffer behind.
 */
enum FramingTarget {
    WEBSOCKET(input -> new Connections(true).fromClient(input)),
    SPDY(input -> new Connections(true).fromRuntime(input)),
    SPDY_IN_WEBSOCKET(input -> new Connections(false).fromClient(input));

    private static final int MOST_FRAME_BYTES = 1 << 20;

    /** Of the frames that open streams, which come before everything. */
    private static final int OPENING = 4;

    private final Consumer<byte[]> property;

    FramingTarget(Consumer<byte[]> property) {
        this.property = property;
    }

    /** Of its corpus: "spdy-in-websocket". */
    String directory() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static FramingTarget of(String directory) {
        return valueOf(directory.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    void check(byte[] input) {
        property.accept(input);
    }

    /** A client's connection after the handshake and the runtime's, as the kubelet holds them. */
    private static final class Connections {

        private final EmbeddedChannel client = new EmbeddedChannel(
                new WebSocket13FrameDecoder(true, false, MOST_FRAME_BYTES), new WebSocket13FrameEncoder(false));
        private final EmbeddedChannel runtime = new EmbeddedChannel();
        private final boolean bridged;

        Connections(boolean bridged) {
            this.bridged = bridged;
            if (bridged) {
                new RemoteCommandBridge(true, true, false, true).begin(client, runtime);
            } else {
                WebSocketTunnel.install(client);
                client.pipeline().addLast(new ByteTunnel(runtime));
                runtime.pipeline().addLast(new ByteTunnel(client));
            }
        }

        void fromClient(byte[] input) {
            List<ByteBuf> pieces = feed(client, input);
            if (bridged) {
                checkSpdy(input.length);
            } else {
                assertThat(drain(runtime)).hasSizeLessThanOrEqualTo(input.length);
            }
            ends(pieces);
        }

        void fromRuntime(byte[] input) {
            List<ByteBuf> pieces = feed(runtime, input);
            checkWebSocket(input.length);
            ends(pieces);
        }

        /** In pieces, as a network brings it; the first byte says of what length. */
        private static List<ByteBuf> feed(EmbeddedChannel channel, byte[] input) {
            int step = input.length == 0 ? 1 : 1 + (input[0] & 0xff);
            List<ByteBuf> pieces = new ArrayList<>();
            for (int start = 1; start < input.length && channel.isActive(); start += step) {
                ByteBuf piece = Unpooled.buffer(step).writeBytes(input, start, Math.min(step, input.length - start));
                pieces.add(piece);
                channel.writeInbound(piece);
            }
            return pieces;
        }

        private void checkSpdy(int sent) {
            var far = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
            far.writeInbound(Unpooled.wrappedBuffer(drain(runtime)));
            Set<Integer> ended = new HashSet<>();
            int data = 0;
            int frames = 0;
            for (Object frame = far.readInbound(); frame != null; frame = far.readInbound()) {
                frames++;
                if (frame instanceof SpdyDataFrame each) {
                    assertThat(ended).as("streams that have ended").doesNotContain(each.streamId());
                    data += each.content().readableBytes();
                    if (each.isLast()) {
                        ended.add(each.streamId());
                    }
                }
                ReferenceCountUtil.release(frame);
            }
            assertThat(data).isLessThanOrEqualTo(sent);
            assertThat(frames).isBetween(OPENING, OPENING + sent);
            far.finishAndReleaseAll();
        }

        private void checkWebSocket(int sent) {
            var far = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, MOST_FRAME_BYTES * 16));
            far.writeInbound(Unpooled.wrappedBuffer(drain(client)));
            int data = 0;
            boolean closed = false;
            for (@Nullable WebSocketFrame frame = far.readInbound(); frame != null; frame = far.readInbound()) {
                assertThat(closed).as("nothing comes after the end").isFalse();
                closed = frame instanceof CloseWebSocketFrame;
                assertThat(closed || frame instanceof BinaryWebSocketFrame).isTrue();
                data += frame.content().readableBytes();
                frame.release();
            }
            assertThat(data).isLessThanOrEqualTo(2 * sent + 2);
            far.finishAndReleaseAll();
        }

        private static byte[] drain(EmbeddedChannel channel) {
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
                all.writeBytes(bytes);
                bytes.release();
            }
            byte[] drained = new byte[all.readableBytes()];
            all.readBytes(drained).release();
            return drained;
        }

        private void ends(List<ByteBuf> pieces) {
            client.runPendingTasks();
            runtime.runPendingTasks();
            assertThat(client.isActive()).as("both end, or none").isEqualTo(runtime.isActive());
            client.checkException();
            runtime.checkException();
            client.finishAndReleaseAll();
            runtime.finishAndReleaseAll();
            assertThat(pieces).as("buffers that were not released").allMatch(each -> each.refCnt() == 0);
        }
    }
}
