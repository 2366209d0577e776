package io.kubespring.apiserver.cache;

import io.kubespring.api.time.TimeSource;

/**
 * How long to wait after a round that served many watchers, the longer the more they were: what happens meanwhile leaves
 * with one flush a watcher instead of one an event, and flushing takes a bounded part of the processor.
 */
public final class GatheringPause {

    /** Fewer than this never wait. */
    private static final int MANY = 8;

    /** By so much the pause grows with each watcher of one round. Measured: docs/performance.md, "Many watchers". */
    private static final long NANOS_PER_WATCHER = 800_000;

    private static final long LONGEST_NANOS = 20_000_000;

    private final TimeSource time;
    private volatile long end;

    public GatheringPause(TimeSource time) {
        this.time = time;
        end = time.nanoTime();
    }

    public void after(int served) {
        if (served >= MANY) {
            end = time.nanoTime() + Math.min(LONGEST_NANOS, served * NANOS_PER_WATCHER);
        }
    }

    /** In nanoseconds; not positive when it is over. */
    public long left() {
        return end - time.nanoTime();
    }
}
