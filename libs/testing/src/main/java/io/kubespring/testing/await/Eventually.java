package io.kubespring.testing.await;

import io.kubespring.api.time.SystemTime;
import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks every 50 ms for up to a minute, which only a broken system takes. */
public final class Eventually {

    private static final Duration MOST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    /**
     * Returns once the condition holds.
     *
     * @throws AssertionError where it never does
     */
    public static void eventually(BooleanSupplier condition) {
        TimeSource time = SystemTime.instance();
        long end = time.nanoTime() + MOST.toNanos();
        while (!condition.getAsBoolean()) {
            if (time.nanoTime() - end > 0) {
                throw new AssertionError("never came true");
            }
            try {
                time.sleep(PAUSE);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting", stopped);
            }
        }
    }
}
