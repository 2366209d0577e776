package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.netty.channel.Channel;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.local.LocalChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One event loop, several connections: none holds up the others for long. */
class LoopTurnsTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-01T12:00:00Z"));
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Channel one = connection();
    private final Channel other = connection();
    private final List<String> order = new ArrayList<>();

    private Channel connection() {
        var channel = new LocalChannel();
        if (loop.inEventLoop()) {
            loop.register(channel);
        } else {
            loop.register(channel).syncUninterruptibly();
        }
        return channel;
    }

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** Each request takes 200 µs; a quantum is 500. */
    private void request(Channel channel, String name, CountDownLatch done) {
        LoopTurns.take(channel, time, () -> {
            order.add(name);
            time.advance(Duration.ofNanos(200_000));
            done.countDown();
        });
    }

    @Test
    void aConnectionWithManyRequestsLetsOthersPass() throws InterruptedException {
        var done = new CountDownLatch(11);
        loop.execute(() -> {
            for (int i = 0; i < 10; i++) {
                request(one, "one" + i, done);
            }
            request(other, "other", done);
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order.indexOf("other")).isEqualTo(3);
        assertThat(order).filteredOn(each -> each.startsWith("one")).isSorted();
    }

    @Test
    void twoBusyConnectionsTakeTurns() throws InterruptedException {
        var done = new CountDownLatch(24);
        loop.execute(() -> {
            for (int i = 0; i < 12; i++) {
                request(one, "one", done);
            }
            for (int i = 0; i < 12; i++) {
                request(other, "other", done);
            }
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order.subList(0, 12)).contains("one", "other");
        assertThat(order.subList(12, 24)).contains("one", "other");
    }

    @Test
    void largeBodiesAreMadeAPieceATurn() throws InterruptedException {
        var done = new CountDownLatch(2);
        loop.execute(() -> {
            for (Channel channel : List.of(one, other)) {
                String name = channel == one ? "one" : "other";
                Flux<byte[]> body = Flux.range(0, 50).map(i -> new byte[] {i.byteValue()});
                new PacedBody(body, channel).subscribe(piece -> order.add(name + piece[0]), e -> {}, done::countDown);
            }
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).hasSize(100);
        assertThat(order.subList(0, 10)).contains("one0", "other0", "one1", "other1");
        assertThat(order).filteredOn(each -> each.startsWith("one")).first().isEqualTo("one0");
    }

    @Test
    void manyConnectionsOfOneUserHaveOneTurnTogether() throws InterruptedException {
        var done = new CountDownLatch(41);
        loop.execute(() -> {
            for (int i = 0; i < 40; i++) {
                step(connection(), "flood", done);
            }
            step(one, "victim", done);
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order.indexOf("victim")).isEqualTo(3);
    }

    /** In the turn of {@code party}; 200 µs each. */
    private void step(Channel channel, String party, CountDownLatch done) {
        LoopTurns.enter(channel, party, time, () -> {
            order.add(party);
            time.advance(Duration.ofNanos(200_000));
            done.countDown();
        });
    }

    @Test
    void bodiesAndAnswersThatComeAtOnceLetOthersPass() throws InterruptedException {
        List<Sinks.One<String>> commits = new ArrayList<>();
        var done = new CountDownLatch(21);
        for (int i = 0; i < 20; i++) {
            Sinks.One<String> commit = Sinks.one();
            commits.add(commit);
            TurnMono.of(commit.asMono(), one, "flood", time).subscribe(answer -> work(answer, done));
        }
        var started = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        loop.execute(() -> {
            started.countDown();
            awaitOn(go);
        });
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        commits.forEach(commit -> commit.tryEmitValue("flood"));
        TurnMono.of(Mono.just("victim"), other, "victim", time).subscribe(answer -> work(answer, done));
        go.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order.indexOf("victim")).isEqualTo(3);
        assertThat(order).hasSize(21);
    }

    private void work(String name, CountDownLatch done) {
        order.add(name);
        time.advance(Duration.ofNanos(200_000));
        done.countDown();
    }

    private static void awaitOn(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
