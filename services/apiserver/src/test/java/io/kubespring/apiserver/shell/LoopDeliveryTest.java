package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One event loop and those whom it serves; an embedded channel's loop does what is due when told to. */
class LoopDeliveryTest {

    private static final int SMALL = 100;

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-01T12:00:00Z"));
    private final List<String> done = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
        @Override
        public void flush(ChannelHandlerContext context) {
            done.add("flush");
        }
    });
    private final LoopDelivery delivery = LoopDelivery.of(channel.eventLoop(), time);

    @AfterEach
    void close() {
        channel.close();
    }

    private void add(int watchers, Duration each) {
        for (int i = 0; i < watchers; i++) {
            delivery.add(() -> {
                time.advance(each);
                done.add("frame");
                delivery.wrote(channel, SMALL);
            });
        }
    }

    private long frames() {
        return done.stream().filter("frame"::equals).count();
    }

    @Test
    void watchersOfOneConnectionAreFlushedTogether() {
        add(3, Duration.ZERO);
        delivery.start();
        assertThat(done).isEmpty();
        channel.runPendingTasks();
        assertThat(done).containsExactly("frame", "frame", "frame", "flush");
    }

    @Test
    void whatIsWrittenOutOfTurnIsFlushedAtOnce() {
        delivery.wrote(channel, SMALL);
        assertThat(done).containsExactly("flush");
    }

    /** The loop runs what is executed before it looks at its connections, and what is scheduled after. */
    @Test
    void manyWatchersLetTheLoopLookAtItsConnectionsInBetween() {
        add(100, Duration.ofNanos(50_000));
        delivery.start();
        channel.eventLoop().execute(() -> done.add("request"));
        channel.runPendingTasks();
        assertThat(done.indexOf("request")).isBetween(1, 99);
        while (frames() < 100) {
            long before = frames();
            channel.runPendingTasks();
            assertThat(frames()).isGreaterThan(before);
        }
    }

    @Test
    void afterManyTheNextWaitAndLeaveTogether() {
        add(20, Duration.ZERO);
        delivery.start();
        channel.runPendingTasks();
        done.clear();

        add(1, Duration.ZERO);
        delivery.start();
        add(1, Duration.ZERO);
        delivery.start();
        channel.runPendingTasks();
        assertThat(done).isEmpty();
        channel.advanceTimeBy(16, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(done).containsExactly("frame", "frame", "flush");
    }

    @Test
    void whoeverHasMuchToReadDoesNotWaitForOthers() {
        add(20, Duration.ZERO);
        delivery.start();
        channel.runPendingTasks();
        done.clear();

        delivery.resume(() -> done.add("more"), true);
        channel.runPendingTasks();
        assertThat(done).containsExactly("more");
    }
}
