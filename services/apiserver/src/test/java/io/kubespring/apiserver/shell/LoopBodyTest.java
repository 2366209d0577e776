package io.kubespring.apiserver.shell;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.apiserver.cache.WatchTurns;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class LoopBodyTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-01T12:00:00Z"));
    private final Deque<ChannelPromise> going = new ArrayDeque<>();
    private final List<Object> seen = new ArrayList<>();
    private boolean slow;

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            HttpContent content = (HttpContent) message;
            seen.add((int) content.content().getByte(0));
            content.release();
            if (slow) {
                going.add(promise);
            } else {
                promise.setSuccess();
            }
        }
    });

    @AfterEach
    void close() {
        channel.close();
    }

    private static byte[] piece(int number) {
        return new byte[] {(byte) number};
    }

    private LoopBody body(Flux<byte[]> pieces) {
        return new LoopBody(pieces, channel, time);
    }

    @Test
    void aPieceIsTakenWhenTheOneBeforeHasGone() {
        slow = true;
        var asked = new AtomicLong();
        body(Flux.range(0, 100).map(LoopBodyTest::piece).doOnRequest(asked::addAndGet))
                .subscribe();
        assertThat(seen).containsExactly(0);
        going.remove().setSuccess();
        going.remove().setSuccess();
        channel.runPendingTasks();
        assertThat(asked).hasValue(3);
        assertThat(seen).containsExactly(0, 1, 2);
    }

    @Test
    void theEndComesAfterEverything() {
        body(Flux.range(0, 100).map(LoopBodyTest::piece)).subscribe(each -> {}, seen::add, () -> seen.add("end"));
        channel.runPendingTasks();
        assertThat(seen).hasSize(101).endsWith(98, 99, "end");
    }

    @Test
    void aFailureComesAfterWhatWasBeforeIt() {
        body(Flux.just(piece(1)).concatWith(Mono.error(new IllegalStateException("cut"))))
                .subscribe(each -> {}, failure -> seen.add(failure.getMessage()));
        channel.runPendingTasks();
        assertThat(seen).containsExactly(1, "cut");
    }

    @Test
    void piecesFromOtherThreadsAreWrittenOnTheLoop() {
        var done = new AtomicBoolean();
        body(Flux.range(0, 3).map(LoopBodyTest::piece).subscribeOn(Schedulers.parallel()))
                .subscribe(each -> {}, failure -> {}, () -> done.set(true));
        eventually(() -> {
            channel.runPendingTasks();
            return done.get();
        });
        assertThat(seen).containsExactly(0, 1, 2);
    }

    @Test
    void whoLeavesEndsTheSource() {
        var left = new AtomicLong();
        body(Flux.<byte[]>never().doOnCancel(left::incrementAndGet)).subscribe().dispose();
        assertThat(left).hasPositiveValue();
    }

    @Test
    void aConnectionThatTakesNothingMoreEndsTheSource() {
        slow = true;
        var left = new AtomicLong();
        body(Flux.range(0, 9).map(LoopBodyTest::piece).doOnCancel(left::incrementAndGet))
                .subscribe();
        going.remove().setFailure(new IOException("reset"));
        assertThat(left).hasValue(1);
        assertThat(seen).containsExactly(0);
    }

    @Test
    void theSourceLearnsWhereItIsServed() {
        var place = new AtomicReference<Object>();
        body(Flux.deferContextual(context -> {
                    place.set(context.get(WatchTurns.KEY));
                    return Flux.empty();
                }))
                .subscribe();
        assertThat(place.get()).isSameAs(LoopDelivery.of(channel.eventLoop(), time));
    }
}
