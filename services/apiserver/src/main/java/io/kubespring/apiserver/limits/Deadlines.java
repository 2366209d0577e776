package io.kubespring.apiserver.limits;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Deadlines of requests that are under way. Looks through them every so often instead of keeping a timer each: entering
 * and leaving are all that a request pays for. A deadline is kept to within {@link #PRECISION}. While there are none,
 * nothing looks: an idle server sleeps.
 */
public final class Deadlines implements AutoCloseable {

    static final Duration PRECISION = Duration.ofMillis(100);

    private final TimeSource time;
    private final Set<Deadline> pending = ConcurrentHashMap.newKeySet();
    /** Whether a look is to come. Set before anyone relies on it, so that no deadline waits for a look that never comes. */
    private final AtomicBoolean due = new AtomicBoolean();

    private volatile boolean closed;

    public Deadlines(TimeSource time) {
        this.time = time;
    }

    /** One deadline, until it is met. */
    public final class Deadline {
        private final long at;
        private final Runnable missed;

        private Deadline(long at, Runnable missed) {
            this.at = at;
            this.missed = missed;
        }

        public void met() {
            pending.remove(this);
        }
    }

    /**
     * @param at as of {@link TimeSource#nanoTime}
     * @param missed runs once on a timer thread, unless the deadline is met before
     */
    public Deadline at(long at, Runnable missed) {
        var deadline = new Deadline(at, missed);
        pending.add(deadline);
        lookSoon();
        return deadline;
    }

    private void lookSoon() {
        if (!due.get() && !closed && due.compareAndSet(false, true)) {
            time.schedule(PRECISION, this::sweep);
        }
    }

    private void sweep() {
        due.set(false);
        if (closed || pending.isEmpty()) {
            return;
        }
        lookSoon();
        long now = time.nanoTime();
        for (Deadline each : pending) {
            if (each.at - now <= 0 && pending.remove(each)) {
                each.missed.run();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
