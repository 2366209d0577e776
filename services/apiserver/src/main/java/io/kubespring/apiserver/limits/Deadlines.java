package io.kubespring.apiserver.limits;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deadlines of requests that are under way. Looks through them every so often instead of keeping a timer each: entering
 * and leaving are all that a request pays for. A deadline is kept to within {@link #PRECISION}.
 */
public final class Deadlines implements AutoCloseable {

    static final Duration PRECISION = Duration.ofMillis(100);

    private final TimeSource time;
    private final Set<Deadline> pending = ConcurrentHashMap.newKeySet();
    private final TimeSource.Cancellable sweep;

    public Deadlines(TimeSource time) {
        this.time = time;
        sweep = time.scheduleAtFixedRate(PRECISION, PRECISION, this::sweep);
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
        return deadline;
    }

    private void sweep() {
        if (pending.isEmpty()) {
            return;
        }
        long now = time.nanoTime();
        for (Deadline each : pending) {
            if (each.at - now <= 0 && pending.remove(each)) {
                each.missed.run();
            }
        }
    }

    @Override
    public void close() {
        sweep.cancel();
    }
}
