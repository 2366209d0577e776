package io.kubespring.apiserver.cache;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Lists a prefix from the store, then follows its watch; when that breaks, starts over. */
final class CacheFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheFeed.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Takes a complete list. */
    interface Reset {
        void to(List<Store.Entry> entries, long revision);
    }

    private final Store store;
    private final String prefix;
    private final TimeSource time;
    private final Reset reset;
    private final Consumer<Store.Batch> advance;
    private @Nullable Disposable watch;
    private volatile boolean closed;

    CacheFeed(Store store, String prefix, TimeSource time, Reset reset, Consumer<Store.Batch> advance) {
        this.store = store;
        this.prefix = prefix;
        this.time = time;
        this.reset = reset;
        this.advance = advance;
    }

    void start() {
        store.list(prefix, null, 0, 0).whenComplete((page, failure) -> {
            if (closed) {
                return;
            }
            if (failure != null) {
                startOver(failure);
                return;
            }
            try {
                reset.to(page.entries(), page.revision());
                follow(page.revision());
            } catch (RuntimeException broken) {
                startOver(broken);
            }
        });
    }

    private void follow(long revision) {
        var following = Flux.from(store.watch(prefix, revision)).subscribe(advance, this::startOver);
        synchronized (this) {
            watch = following;
        }
        if (closed) {
            following.dispose();
        }
    }

    private void startOver(Throwable failure) {
        if (!closed) {
            LOG.warn("Watch of {} broke, listing again: {}", prefix, failure.toString());
            time.schedule(RETRY, this::start);
        }
    }

    static StatusException notReady(String prefix) {
        return new StatusException(
                StatusReason.SERVICE_UNAVAILABLE, "storage is (re)initializing: " + prefix + " is not loaded yet");
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (watch != null) {
                watch.dispose();
            }
        }
    }
}
