package io.kubespring.testing.await;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks every 50 ms for up to a minute, which only a broken system takes. */
public final class Eventually {

    private static final Duration MOST = Duration.ofMinutes(1);
    private static final long PAUSE_MS = 50;

    private Eventually() {}

    /**
     * Returns once the condition holds.
     *
     * @throws AssertionError where it never does
     */
    public static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + MOST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never came true");
            }
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting", stopped);
            }
        }
    }
}
