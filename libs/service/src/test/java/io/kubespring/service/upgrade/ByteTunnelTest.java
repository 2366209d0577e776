package io.kubespring.service.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ByteTunnelTest {

    private final EmbeddedChannel here = new EmbeddedChannel();
    private final EmbeddedChannel there = new EmbeddedChannel();

    @BeforeEach
    void setUp() {
        here.pipeline().addLast(new ByteTunnel(there));
        there.pipeline().addLast(new ByteTunnel(here));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static void writable(EmbeddedChannel channel, boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    @Test
    void bytesPassBothWays() {
        here.writeInbound(bytes("question"));
        assertThat(there.<ByteBuf>readOutbound().toString(StandardCharsets.UTF_8))
                .isEqualTo("question");
        there.writeInbound(bytes("answer"));
        assertThat(here.<ByteBuf>readOutbound().toString(StandardCharsets.UTF_8))
                .isEqualTo("answer");
    }

    @Test
    void whatIsNotTakenIsNotRead() {
        writable(there, false);
        assertThat(here.config().isAutoRead()).isFalse();
        assertThat(there.config().isAutoRead()).isTrue();
        writable(there, true);
        assertThat(here.config().isAutoRead()).isTrue();
    }

    /** More than a connection takes, in one go and without the end of a read between. */
    @Test
    void nothingIsLeftUnflushedWhenTheOtherIsFull() {
        here.pipeline().fireChannelRead(Unpooled.wrappedBuffer(new byte[1 << 20]));
        assertThat(there.<ByteBuf>readOutbound().readableBytes()).isEqualTo(1 << 20);
        assertThat(here.config().isAutoRead()).isTrue();
    }

    @Test
    void theEndOfOneComesAfterItsLastBytes() {
        here.pipeline().fireChannelRead(bytes("last words"));
        here.close();
        assertThat(there.<ByteBuf>readOutbound().toString(StandardCharsets.UTF_8))
                .isEqualTo("last words");
        there.runPendingTasks();
        assertThat(there.isActive()).isFalse();
    }

    @Test
    void silenceAndFailuresEndBoth() {
        here.pipeline().fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);
        assertThat(there.isActive()).isFalse();

        var failing = new EmbeddedChannel();
        var other = new EmbeddedChannel();
        failing.pipeline().addLast(new ByteTunnel(other));
        failing.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        assertThat(failing.isActive()).isFalse();
        assertThat(other.isActive()).isFalse();
    }
}
