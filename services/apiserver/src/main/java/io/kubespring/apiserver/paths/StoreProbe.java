package io.kubespring.apiserver.paths;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store something every few seconds. At most one question is under way; one that is not answered in time counts
 * as a no. Good until the first answer, since the store was just opened.
 */
public final class StoreProbe implements AutoCloseable {

    static final Duration PERIOD = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(StoreProbe.class);

    private final String what;
    private final Supplier<? extends CompletableFuture<?>> question;
    private final Duration patience;
    private final TimeSource time;
    private boolean asking;
    private volatile @Nullable String problem;
    private TimeSource.@Nullable Cancellable timer;

    /** @param what the store takes if it answers ("writes") */
    public StoreProbe(
            String what, Supplier<? extends CompletableFuture<?>> question, Duration patience, TimeSource time) {
        this.what = what;
        this.question = question;
        this.patience = patience;
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
            return;
        }
        asking = true;
        TimeSource.Cancellable limit = time.schedule(patience, this::late);
        question.get().whenComplete((done, failure) -> {
            limit.cancel();
            answered(failure);
        });
    }

    private synchronized void late() {
        if (asking) {
            become("no answer within " + patience.toMillis() + " ms");
        }
    }

    private synchronized void answered(@Nullable Throwable failure) {
        asking = false;
        become(failure == null ? null : String.valueOf(failure.getMessage()));
    }

    private void become(@Nullable String now) {
        String before = problem;
        problem = now;
        if (now != null && before == null) {
            LOG.error("The store takes no {}: {}", what, now);
        } else if (now == null && before != null) {
            LOG.info("The store takes {} again", what);
        }
    }

    /** Null while all is well. */
    public @Nullable String problem() {
        return problem;
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
