package io.kubespring.apiserver.paths;

import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store every few seconds whether it would take a write: reads come from memory and tell nothing. At most one
 * question is under way; one that is not answered within the period counts as a no. Good until the first answer, since
 * the store was just opened.
 */
public final class StoreProbe implements AutoCloseable {

    static final Duration PERIOD = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(StoreProbe.class);

    private final Store store;
    private final TimeSource time;
    private boolean asking;
    private volatile @Nullable String problem;
    private TimeSource.@Nullable Cancellable timer;

    public StoreProbe(Store store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    public synchronized void start() {
        if (timer == null) {
            timer = time.scheduleAtFixedRate(PERIOD, PERIOD, this::turn);
        }
    }

    /** The timer calls this one at a time. */
    private synchronized void turn() {
        if (asking) {
            become("no answer within " + PERIOD.toSeconds() + " s");
            return;
        }
        asking = true;
        store.check().whenComplete((done, failure) -> answered(failure));
    }

    private synchronized void answered(@Nullable Throwable failure) {
        asking = false;
        become(failure == null ? null : String.valueOf(failure.getMessage()));
    }

    private void become(@Nullable String now) {
        String before = problem;
        problem = now;
        if (now != null && before == null) {
            LOG.error("The store takes no writes: {}", now);
        } else if (now == null && before != null) {
            LOG.info("The store takes writes again");
        }
    }

    public boolean healthy() {
        return problem == null;
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
