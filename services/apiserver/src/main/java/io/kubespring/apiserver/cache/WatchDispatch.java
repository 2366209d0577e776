package io.kubespring.apiserver.cache;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets the watchers that have something to send send it, away from the thread that feeds the cache. After a round with
 * many watchers it pauses for a moment, the longer the more they were: what happens meanwhile leaves with one flush a
 * watcher instead of one an event, and flushing takes a bounded part of the processor.
 */
final class WatchDispatch {

    /** Fewer than this never wait. */
    private static final int MANY = 8;

    /** By so much the pause grows with each watcher: a few times what its flush costs. */
    private static final long PAUSE_NANOS_PER_WATCHER = 200_000;

    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final TimeSource time;
    private final Executor executor;
    private final ConcurrentLinkedQueue<Watcher> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean planned = new AtomicBoolean();
    private volatile long pauseEnd;

    WatchDispatch(TimeSource time, Executor executor) {
        this.time = time;
        this.executor = executor;
        this.pauseEnd = time.nanoTime();
    }

    void add(Watcher watcher) {
        if (watcher.markReady()) {
            ready.add(watcher);
        }
    }

    /** Has those who were added sent for, now or at the end of the pause. */
    void start() {
        if (ready.isEmpty() || !planned.compareAndSet(false, true)) {
            return;
        }
        long wait = pauseEnd - time.nanoTime();
        if (wait <= 0) {
            executor.execute(this::round);
        } else {
            time.schedule(Duration.ofNanos(wait), () -> executor.execute(this::round));
        }
    }

    private void round() {
        planned.set(false);
        int count = 0;
        for (Watcher watcher = ready.poll(); watcher != null; watcher = ready.poll()) {
            watcher.drain();
            count++;
        }
        if (count >= MANY) {
            pauseEnd = time.nanoTime() + Math.min(LONGEST_PAUSE_NANOS, count * PAUSE_NANOS_PER_WATCHER);
        }
    }
}
