package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class PieceByPieceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int AHEAD = 32;

    private static byte[] piece(int number) {
        return new byte[] {(byte) number};
    }

    @Test
    void aPieceIsTakenWhenTheOneBeforeHasGone() {
        var asked = new AtomicLong();
        var pieces = Flux.range(0, 100).map(PieceByPieceTest::piece).doOnRequest(asked::addAndGet);
        List<Sinks.Empty<Void>> writes = new ArrayList<>();
        new PieceByPiece(pieces)
                .concatMap(
                        group -> group.flatMap(piece -> {
                            writes.add(Sinks.empty());
                            return writes.getLast().asMono();
                        }),
                        AHEAD)
                .subscribe();
        assertThat(asked).hasValue(1);
        writes.getLast().tryEmitEmpty();
        writes.getLast().tryEmitEmpty();
        assertThat(asked).hasValue(3);
    }

    @Test
    void everythingComesInOrderAndTheEndAfterIt() {
        var pieces = Flux.range(0, 100_000).map(PieceByPieceTest::piece).publishOn(Schedulers.parallel());
        List<byte[]> all = new PieceByPiece(pieces)
                .concatMap(group -> group.publishOn(Schedulers.parallel()), AHEAD)
                .collectList()
                .block(PATIENCE);
        assertThat(all).hasSize(100_000);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i)[0]).isEqualTo((byte) i);
        }
    }

    @Test
    void aFailureComesAfterWhatWasBeforeIt() {
        var pieces = Flux.just(piece(1)).concatWith(Mono.error(new IllegalStateException("cut")));
        List<Object> seen = new ArrayList<>();
        new PieceByPiece(pieces)
                .concatMapDelayError(group -> group, AHEAD)
                .subscribe(seen::add, failure -> seen.add(failure.getMessage()));
        assertThat(seen).containsExactly(piece(1), "cut");
    }

    @Test
    void whoLeavesEndsTheSource() {
        var left = new AtomicLong();
        var pieces = Flux.<byte[]>never().doOnCancel(left::incrementAndGet);
        new PieceByPiece(pieces).concatMap(group -> group, AHEAD).subscribe().dispose();
        assertThat(left).hasPositiveValue();
    }
}
