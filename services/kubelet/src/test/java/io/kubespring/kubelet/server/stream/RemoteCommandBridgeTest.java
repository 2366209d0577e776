package io.kubespring.kubelet.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client says in {@code v5.channel.k8s.io} and what the runtime hears in SPDY/3.1, and back. */
class RemoteCommandBridgeTest {

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel runtime = new EmbeddedChannel();

    /** The runtime's end of its connection. */
    private final EmbeddedChannel far = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));

    private void begin(boolean stdin, boolean stdout, boolean stderr, boolean tty) {
        new RemoteCommandBridge(stdin, stdout, stderr, tty).begin(client, runtime);
    }

    private List<Object> heardByRuntime() {
        for (ByteBuf bytes = runtime.readOutbound(); bytes != null; bytes = runtime.readOutbound()) {
            far.writeInbound(bytes);
        }
        var frames = new ArrayList<Object>();
        for (Object frame = far.readInbound(); frame != null; frame = far.readInbound()) {
            frames.add(frame);
        }
        return frames;
    }

    private List<String> streams() {
        return heardByRuntime().stream()
                .map(SpdySynStreamFrame.class::cast)
                .map(frame -> frame.streamId() + " " + frame.headers().get("streamtype"))
                .toList();
    }

    private SpdyDataFrame onlyData() {
        List<Object> frames = heardByRuntime();
        assertThat(frames).hasSize(1);
        return (SpdyDataFrame) frames.getFirst();
    }

    private void runtimeSays(Object frame) {
        far.writeOutbound(frame);
        for (ByteBuf bytes = far.readOutbound(); bytes != null; bytes = far.readOutbound()) {
            runtime.writeInbound(bytes);
        }
    }

    private static ByteBuf message(int channel, String text) {
        return Unpooled.wrappedBuffer(new byte[] {(byte) channel}, text.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable WebSocketFrame heardByClient() {
        return client.readOutbound();
    }

    private static String text(ByteBuf bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void streamsAreOpenedForWhatWasAskedTheErrorFirst() {
        begin(true, true, true, false);
        assertThat(streams()).containsExactly("1 error", "3 stdin", "5 stdout", "7 stderr");
    }

    @Test
    void aTerminalHasNoStderrButASize() {
        begin(true, true, true, true);
        assertThat(streams()).containsExactly("1 error", "3 stdin", "5 stdout", "7 resize");
        client.writeInbound(new BinaryWebSocketFrame(message(RESIZE, "{\"Width\":80,\"Height\":24}")));
        SpdyDataFrame size = onlyData();
        assertThat(size.streamId()).isEqualTo(7);
        assertThat(text(size.content())).isEqualTo("{\"Width\":80,\"Height\":24}");
    }

    @Test
    void whatTheClientSaysReachesItsStream() {
        begin(true, true, false, false);
        heardByRuntime();
        client.writeInbound(new BinaryWebSocketFrame(message(STDIN, "hello")));
        SpdyDataFrame data = onlyData();
        assertThat(data.streamId()).isEqualTo(3);
        assertThat(text(data.content())).isEqualTo("hello");
        assertThat(data.isLast()).isFalse();
    }

    @Test
    void aMessageInSeveralFramesStaysInItsStream() {
        begin(true, true, false, false);
        heardByRuntime();
        client.writeInbound(new BinaryWebSocketFrame(false, 0, message(STDIN, "one ")));
        client.writeInbound(
                new ContinuationWebSocketFrame(true, 0, Unpooled.copiedBuffer("two", StandardCharsets.UTF_8)));
        String whole = heardByRuntime().stream()
                .map(frame -> text(((SpdyDataFrame) frame).content()))
                .reduce("", String::concat);
        assertThat(whole).isEqualTo("one two");
    }

    @Test
    void whatComesAfterTheCloseOfAChannelIsDropped() {
        begin(true, true, false, false);
        heardByRuntime();
        client.writeInbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {(byte) CLOSE, STDIN})));
        client.writeInbound(new BinaryWebSocketFrame(message(STDIN, "late")));
        assertThat(onlyData().isLast()).isTrue();
    }

    /** The reason for v5: input can end while output still comes. */
    @Test
    void closingAChannelEndsItsStreamOnly() {
        begin(true, true, false, false);
        heardByRuntime();
        client.writeInbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {(byte) CLOSE, STDIN})));
        SpdyDataFrame end = onlyData();
        assertThat(end.streamId()).isEqualTo(3);
        assertThat(end.isLast()).isTrue();
        assertThat(runtime.isActive()).isTrue();
    }

    @Test
    void whatNobodyAskedForIsDropped() {
        begin(false, true, false, false);
        heardByRuntime();
        client.writeInbound(new BinaryWebSocketFrame(message(STDIN, "unheard")));
        client.writeInbound(new BinaryWebSocketFrame(message(RESIZE, "{}")));
        client.writeInbound(new BinaryWebSocketFrame(message(99, "?")));
        client.writeInbound(new BinaryWebSocketFrame(Unpooled.EMPTY_BUFFER));
        assertThat(heardByRuntime()).isEmpty();
        runtimeSays(new DefaultSpdyDataFrame(99, Unpooled.copiedBuffer("?", StandardCharsets.UTF_8)));
        assertThat(heardByClient()).isNull();
    }

    @Test
    void outputComesUnderItsChannel() {
        begin(false, true, true, false);
        runtimeSays(new DefaultSpdyDataFrame(3, Unpooled.copiedBuffer("out", StandardCharsets.UTF_8)));
        runtimeSays(new DefaultSpdyDataFrame(5, Unpooled.copiedBuffer("err", StandardCharsets.UTF_8)));
        runtimeSays(new DefaultSpdyDataFrame(1, Unpooled.copiedBuffer("{}", StandardCharsets.UTF_8)));
        var heard = new ArrayList<String>();
        for (WebSocketFrame frame = heardByClient(); frame != null; frame = heardByClient()) {
            heard.add(frame.content().readByte() + " " + text(frame.content()));
        }
        assertThat(heard).containsExactly("1 out", "2 err", "3 {}");
    }

    @Test
    void theEndIsANormalOneAfterTheLastOutput() {
        begin(false, true, false, false);
        runtimeSays(new DefaultSpdyDataFrame(3, Unpooled.copiedBuffer("last", StandardCharsets.UTF_8)));
        runtime.close();
        assertThat(heardByClient()).isInstanceOf(BinaryWebSocketFrame.class);
        assertThat(heardByClient())
                .isInstanceOfSatisfying(
                        CloseWebSocketFrame.class,
                        close -> assertThat(close.statusCode()).isEqualTo(1000));
        assertThat(client.isActive()).isFalse();
    }

    @Test
    void aClientThatSaysGoodbyeIsAnsweredAndTheRuntimeLetGo() {
        begin(true, true, false, false);
        client.writeInbound(new CloseWebSocketFrame(1001, "going"));
        assertThat(heardByClient())
                .isInstanceOfSatisfying(
                        CloseWebSocketFrame.class,
                        close -> assertThat(close.statusCode()).isEqualTo(1001));
        assertThat(client.isActive()).isFalse();
        assertThat(runtime.isActive()).isFalse();
    }

    @Test
    void aClientThatJustGoesTakesTheRuntimesStreamAlong() {
        begin(true, true, false, false);
        client.close();
        assertThat(runtime.isActive()).isFalse();
    }

    @Test
    void eachSidesPingIsAnsweredToItself() {
        begin(true, true, false, false);
        heardByRuntime();
        client.writeInbound(new PingWebSocketFrame(Unpooled.copiedBuffer("x", StandardCharsets.UTF_8)));
        client.writeInbound(new PongWebSocketFrame());
        assertThat(heardByClient()).isInstanceOf(PongWebSocketFrame.class);
        assertThat(heardByRuntime()).isEmpty();
        runtimeSays(new DefaultSpdyPingFrame(2));
        assertThat(heardByRuntime())
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        SpdyPingFrame.class, ping -> assertThat(ping.id()).isEqualTo(2));
    }

    /** What {@code --streaming-connection-idle-timeout} comes to. */
    @Test
    void silenceEndsBoth() {
        begin(true, true, false, false);
        runtime.pipeline().fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);
        assertThat(runtime.isActive()).isFalse();
        assertThat(heardByClient()).isInstanceOf(CloseWebSocketFrame.class);
        assertThat(client.isActive()).isFalse();
    }

    @Test
    void neitherSideIsReadFasterThanTheOtherTakesIt() {
        begin(true, true, false, false);
        full(runtime, now -> assertThat(client.config().isAutoRead()).isEqualTo(!now));
        full(client, now -> assertThat(runtime.config().isAutoRead()).isEqualTo(!now));
    }

    private static void full(EmbeddedChannel channel, Consumer<Boolean> check) {
        for (boolean now : new boolean[] {true, false}) {
            channel.unsafe().outboundBuffer().setUserDefinedWritability(1, !now);
            channel.runPendingTasks();
            check.accept(now);
        }
    }
}
