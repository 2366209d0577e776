package io.kubespring.storage.memory;

import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store;
import io.kubespring.storage.embedded.EmbeddedStore;
import io.kubespring.storage.embedded.Journal;
import io.kubespring.storage.embedded.Slot;
import io.kubespring.storage.history.Change;
import io.kubespring.storage.history.HistoryLimits;
import java.util.List;

/**
 * An {@link EmbeddedStore} that keeps nothing on disk. It has no threads: the caller of a write decides, publishes and is
 * answered at once, unless another thread is at it, which then does it for both.
 */
public final class MemoryStore {

    private static final Journal NO_JOURNAL = new Journal() {
        @Override
        public void commit(List<Change<Slot>> changes, long revision) {
            // Nothing outlives the process.
        }

        @Override
        public void check() {
            // Memory is always there.
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    };

    private MemoryStore() {}

    public static Store create(TimeSource time) {
        return create(time, HistoryLimits.DEFAULT);
    }

    public static Store create(TimeSource time, HistoryLimits limits) {
        return new EmbeddedStore(
                NO_JOURNAL, Journal.Recovered.NOTHING, limits, time, Runnable::run, Runnable::run, () -> {});
    }
}
