package io.kubespring.kubelet.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.service.upgrade.ByteTunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** KEP-4006: port-forward's SPDY inside a WebSocket. */
class WebSocketTunnelTest {

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel runtime = new EmbeddedChannel();

    @BeforeEach
    void setUp() {
        WebSocketTunnel.install(client);
        client.pipeline().addLast(new ByteTunnel(runtime));
        runtime.pipeline().addLast(new ByteTunnel(client));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private String heardByRuntime() {
        var text = new StringBuilder();
        for (ByteBuf each = runtime.readOutbound(); each != null; each = runtime.readOutbound()) {
            text.append(each.toString(StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    @Test
    void messagesAreOneStreamOfBytes() {
        client.writeInbound(new BinaryWebSocketFrame(bytes("one ")));
        client.writeInbound(new BinaryWebSocketFrame(false, 0, bytes("two ")));
        client.writeInbound(new ContinuationWebSocketFrame(true, 0, bytes("three")));
        assertThat(heardByRuntime()).isEqualTo("one two three");
    }

    @Test
    void bytesBecomeBinaryMessages() {
        runtime.writeInbound(bytes("answer"));
        BinaryWebSocketFrame frame = client.readOutbound();
        assertThat(frame.content().toString(StandardCharsets.UTF_8)).isEqualTo("answer");
        assertThat(frame.isFinalFragment()).isTrue();
    }

    @Test
    void pingsAreAnsweredAndNotPassedOn() {
        client.writeInbound(new PingWebSocketFrame(bytes("x")));
        client.writeInbound(new PongWebSocketFrame(bytes("y")));
        assertThat((Object) client.readOutbound()).isInstanceOf(PongWebSocketFrame.class);
        assertThat(heardByRuntime()).isEmpty();
    }

    @Test
    void goodbyeIsAnsweredAndEndsBoth() {
        client.writeInbound(new CloseWebSocketFrame(1000, ""));
        CloseWebSocketFrame close = client.readOutbound();
        assertThat(close.statusCode()).isEqualTo(1000);
        runtime.runPendingTasks();
        assertThat(client.isActive()).isFalse();
        assertThat(runtime.isActive()).isFalse();
    }
}
