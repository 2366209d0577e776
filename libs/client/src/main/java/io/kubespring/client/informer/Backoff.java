package io.kubespring.client.informer;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import java.time.Duration;

/**
 * Exponential delays with jitter: 800 ms doubling to 30 s, each stretched by up to its own length. Begins anew when none
 * was asked for during two minutes, as client-go's.
 */
final class Backoff {

    private static final long FIRST_MILLIS = 800;
    private static final long MAX_MILLIS = 30_000;
    private static final long MAX_BRIEF_MILLIS = 2_000;

    private static final long CALM_NANOS = Duration.ofMinutes(2).toNanos();

    private final TimeSource time;
    private final RandomSource random;
    private long askedAt;
    private long millis = FIRST_MILLIS;

    Backoff(TimeSource time, RandomSource random) {
        this.time = time;
        this.random = random;
    }

    Duration next() {
        return next(MAX_MILLIS);
    }

    /** Doubles to 2 s only. */
    Duration nextBrief() {
        return next(MAX_BRIEF_MILLIS);
    }

    private Duration next(long max) {
        long now = time.nanoTime();
        if (now - askedAt > CALM_NANOS) {
            reset();
        }
        askedAt = now;
        long delay = Math.min(max, millis);
        millis = Math.min(MAX_MILLIS, millis * 2);
        return Duration.ofMillis(delay + (long) (random.nextDouble() * delay));
    }

    void reset() {
        millis = FIRST_MILLIS;
    }
}
