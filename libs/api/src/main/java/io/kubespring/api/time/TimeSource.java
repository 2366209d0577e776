package io.kubespring.api.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Where all code takes time from. {@link SystemTime} is the real one; {@link ManualTime} moves only when a test says so.
 */
public interface TimeSource {

    /** Wall-clock time. */
    Instant now();

    /** Monotonic nanoseconds, for measuring spans only. */
    long nanoTime();

    /**
     * Runs {@code task} once after {@code delay} on a timer thread. The task must be short and never block: it hands
     * real work to an executor.
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** Blocks the calling (virtual) thread. */
    void sleep(Duration duration) throws InterruptedException;

    /** Runs {@code task} every {@code period}, first after {@code initialDelay}, until cancelled. */
    default Cancellable scheduleAtFixedRate(Duration initialDelay, Duration period, Runnable task) {
        return new RepeatingTimer(this, initialDelay, period, task);
    }

    /** A pending timer. */
    interface Cancellable {
        /** Idempotent; a task that already runs is not interrupted. */
        void cancel();
    }
}
