package io.kubespring.storage.embedded;

import io.kubespring.storage.StoreException;
import io.kubespring.storage.history.Change;
import java.util.List;

/** Where an {@link EmbeddedStore} makes batches durable. Called by one thread at a time. */
public interface Journal extends AutoCloseable {

    /**
     * Returns once every change is durable.
     *
     * @param revision the newest, even if no change carries it
     * @throws StoreException.Unavailable if none of them counts as having happened
     */
    void commit(List<Change<Slot>> changes, long revision);

    /**
     * Returns once something that changes nothing was made durable.
     *
     * @throws StoreException.Unavailable if a commit would fail now
     */
    void check();

    @Override
    void close();

    /** What a journal held when it was opened. */
    record Recovered(List<Slot> slots, long revision) {
        /** Revision 1, as etcd: 0 means "any" to watchers. */
        public static final Recovered NOTHING = new Recovered(List.of(), 1);
    }
}
