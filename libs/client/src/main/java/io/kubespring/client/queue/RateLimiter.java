package io.kubespring.client.queue;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The longer of two delays, as client-go's default controller rate limiter: per item 5 ms doubling to 1,000 s, and a
 * bucket of 100 tokens refilled 10 a second for all.
 */
final class RateLimiter<K> {

    private static final long BASE_NANOS = Duration.ofMillis(5).toNanos();
    private static final long MAX_NANOS = Duration.ofSeconds(1000).toNanos();
    private static final double BURST = 100;
    private static final double PER_NANO = 10 / 1e9;

    private final TimeSource time;
    private final Map<K, Integer> failures = new HashMap<>();
    private double tokens = BURST;
    private long refilled;

    RateLimiter(TimeSource time) {
        this.time = time;
        this.refilled = time.nanoTime();
    }

    Duration next(K item) {
        int exponent = failures.merge(item, 1, Integer::sum) - 1;
        long itemDelay = exponent >= 28 ? MAX_NANOS : Math.min(MAX_NANOS, BASE_NANOS << exponent);
        return Duration.ofNanos(Math.max(itemDelay, takeToken()));
    }

    private long takeToken() {
        long now = time.nanoTime();
        tokens = Math.min(BURST, tokens + (now - refilled) * PER_NANO);
        refilled = now;
        tokens -= 1;
        return tokens >= 0 ? 0 : (long) (-tokens / PER_NANO);
    }

    void forget(K item) {
        failures.remove(item);
    }

    int requeues(K item) {
        return failures.getOrDefault(item, 0);
    }
}
