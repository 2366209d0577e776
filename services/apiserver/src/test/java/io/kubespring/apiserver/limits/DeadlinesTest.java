package io.kubespring.apiserver.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private int timers;
    private final Deadlines deadlines = new Deadlines(new Counting());
    private final List<String> missed = new ArrayList<>();

    @Test
    void whatIsNotMetIsMissedOnce() {
        begin("slow", 250);
        time.advance(Duration.ofMillis(200));
        assertThat(missed).isEmpty();
        time.advance(Duration.ofSeconds(5));
        assertThat(missed).containsExactly("slow");
    }

    @Test
    void whatIsMetIsNeverMissed() {
        begin("quick", 250).met();
        time.advance(Duration.ofSeconds(5));
        assertThat(missed).isEmpty();
    }

    @Test
    void deadlinesAfterALongSilenceCountToo() {
        begin("first", 100);
        time.advance(Duration.ofMinutes(1));
        begin("second", 100);
        time.advance(Duration.ofMinutes(1));
        begin("third", 350);
        time.advance(Duration.ofMinutes(1));
        assertThat(missed).containsExactly("first", "second", "third");
    }

    @Test
    void anIdleServerHasNothingToWakeUpFor() {
        assertThat(timers).isZero();
        begin("only", 250).met();
        time.advance(Duration.ofSeconds(1));
        int before = timers;
        time.advance(Duration.ofHours(1));
        assertThat(timers).isEqualTo(before);
    }

    @Test
    void afterTheEndNothingIsMissed() {
        begin("late", 250);
        deadlines.close();
        time.advance(Duration.ofSeconds(5));
        assertThat(missed).isEmpty();
    }

    private Deadlines.Deadline begin(String name, int millis) {
        return deadlines.at(time.nanoTime() + Duration.ofMillis(millis).toNanos(), () -> missed.add(name));
    }

    private final class Counting implements TimeSource {
        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            timers++;
            return time.schedule(delay, task);
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            time.sleep(duration);
        }
    }
}
