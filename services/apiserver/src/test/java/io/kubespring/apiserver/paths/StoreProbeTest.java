package io.kubespring.apiserver.paths;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.storage.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StoreProbeTest {

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
    private int asked;

    private StoreProbe probe() {
        return new StoreProbe("writes", this::ask, Duration.ofSeconds(2), time);
    }

    private CompletableFuture<Void> ask() {
        asked++;
        return answer;
    }

    @Test
    void aRefusalCountsUntilTheNextGoodAnswer() {
        try (var probe = probe()) {
            probe.start();
            time.advance(StoreProbe.PERIOD);
            assertThat(probe.healthy()).isTrue();
            answer = CompletableFuture.failedFuture(new StoreException.Unavailable("disk full", null));
            time.advance(StoreProbe.PERIOD);
            assertThat(probe.healthy()).isFalse();
            answer = CompletableFuture.completedFuture(null);
            time.advance(StoreProbe.PERIOD);
            assertThat(probe.healthy()).isTrue();
        }
    }

    @Test
    void aStoreThatHangsIsAskedOnceAndCountsAsGone() {
        try (var probe = probe()) {
            probe.start();
            answer = new CompletableFuture<>();
            time.advance(StoreProbe.PERIOD);
            assertThat(probe.healthy()).isTrue();
            time.advance(StoreProbe.PERIOD);
            time.advance(StoreProbe.PERIOD);
            assertThat(probe.healthy()).isFalse();
            assertThat(asked).isEqualTo(1);
            answer.complete(null);
            assertThat(probe.healthy()).isTrue();
        }
    }
}
