package io.kubespring.apiserver.metrics;

import io.kubespring.api.time.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;

/** A count whose highest value of the last second is what is shown, as upstream shows requests in flight. */
final class HighWater {

    private static final long SECOND = 1_000_000_000L;

    private final TimeSource time;
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger highest = new AtomicInteger();
    private volatile int lastSecond;
    private volatile long began;

    HighWater(TimeSource time) {
        this.time = time;
        began = time.nanoTime();
    }

    void up() {
        int value = now.incrementAndGet();
        if (value > highest.get()) {
            highest.accumulateAndGet(value, Math::max);
        }
    }

    void down() {
        now.decrementAndGet();
    }

    /** Read by the scraper only, which also turns the second over. */
    synchronized int read() {
        long at = time.nanoTime();
        if (at - began >= SECOND) {
            began = at;
            lastSecond = highest.getAndSet(now.get());
        }
        return Math.max(lastSecond, now.get());
    }
}
