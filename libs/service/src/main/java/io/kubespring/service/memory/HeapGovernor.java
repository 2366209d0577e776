package io.kubespring.service.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.NotificationEmitter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the heap in proportion to what lives in it. The serial collector, which costs least on few cores, lets the old
 * generation grow up to {@code -Xmx} before it looks for garbage there, so that a server of 100 MB comes to occupy a
 * gigabyte. This one asks for a collection whenever the old generation has come to hold half as much garbage as
 * live objects (but at least {@link #SLACK}): memory stays near the live size, and the work of collecting stays in
 * proportion to the work done, at any size of cluster.
 */
public final class HeapGovernor {

    /** Garbage that is always let be. */
    static final long SLACK = 80L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(HeapGovernor.class);
    private static final AtomicBoolean STARTED = new AtomicBoolean();

    /** The old generation, as the governor sees it. */
    interface OldGeneration {
        /** Bytes in it now, garbage included. */
        long used();

        long max();

        /** Has {@link HeapGovernor#crossed} called once it holds more. */
        void callAbove(long bytes);

        void collect();
    }

    private final OldGeneration old;

    HeapGovernor(OldGeneration old) {
        this.old = old;
        old.callAbove(limit(old.used()));
    }

    /** For this process, once; does nothing under a collector that has no such generation. */
    public static void start() {
        if (!STARTED.compareAndSet(false, true)) {
            return;
        }
        MemoryPoolMXBean pool = tenured();
        if (pool != null && ManagementFactory.getMemoryMXBean() instanceof NotificationEmitter emitter) {
            var governor = new HeapGovernor(new Pool(pool));
            emitter.addNotificationListener(
                    (notification, unused) -> governor.crossed(),
                    notification -> notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                    null);
        }
    }

    private static @Nullable MemoryPoolMXBean tenured() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP
                    && pool.getName().equals("Tenured Gen")
                    && pool.isUsageThresholdSupported()) {
                return pool;
            }
        }
        return null;
    }

    void crossed() {
        long before = old.used();
        old.collect();
        long live = old.used();
        old.callAbove(limit(live));
        LOG.debug("Old generation: {} MB, {} MB of it live", before >> 20, live >> 20);
    }

    private long limit(long live) {
        return Math.min(live + Math.max(SLACK, live / 2), old.max());
    }

    private record Pool(MemoryPoolMXBean pool) implements OldGeneration {
        @Override
        public long used() {
            return pool.getUsage().getUsed();
        }

        @Override
        public long max() {
            return pool.getUsage().getMax();
        }

        @Override
        public void callAbove(long bytes) {
            pool.setUsageThreshold(bytes);
        }

        @Override
        public void collect() {
            System.gc();
        }
    }
}
