package io.kubespring.storage.history;

import io.kubespring.storage.StoreException;
import io.kubespring.storage.tree.ImmutableTree;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * A map with one writer, lock-free readers of the present, and a past bounded in changes and bytes. Any kept revision
 * can be viewed: changes are undone from the next checkpoint, a tree kept every {@value #CHECKPOINT_EVERY} changes (it
 * shares its nodes with its neighbours).
 */
public final class VersionedMap<V> {

    private static final int CHECKPOINT_EVERY = 128;

    private final HistoryLimits limits;
    private final ToLongFunction<V> weigher;
    private final ChangeRing<V> changes = new ChangeRing<>();
    private final NavigableMap<Long, ImmutableTree<V>> checkpoints = new TreeMap<>();
    private volatile View<V> present;
    private long oldest;
    private long bytes;
    private int sinceCheckpoint;

    /**
     * @param initial nothing before its revision is known
     * @param weigher bytes that a replaced value keeps alive
     */
    public VersionedMap(View<V> initial, HistoryLimits limits, ToLongFunction<V> weigher) {
        this.present = initial;
        this.oldest = initial.revision();
        this.limits = limits;
        this.weigher = weigher;
    }

    public View<V> present() {
        return present;
    }

    /** The oldest revision that can be viewed; changes after it are kept. */
    public synchronized long oldest() {
        return oldest;
    }

    /**
     * Moves to {@code revision}, to which {@code added} are all the changes, in order.
     */
    public synchronized void apply(List<Change<V>> added, long revision) {
        View<V> next = present;
        for (Change<V> change : added) {
            next = next.then(change);
            changes.add(change);
            bytes += weigh(change);
            if (++sinceCheckpoint >= CHECKPOINT_EVERY) {
                checkpoints.put(change.revision(), next.tree());
                sinceCheckpoint = 0;
            }
        }
        present = new View<>(next.tree(), revision);
        while (changes.size() > limits.maxChanges() || bytes > limits.maxBytes()) {
            forgetOldest();
        }
        forgetCheckpoints();
    }

    private long weigh(Change<V> change) {
        V previous = change.previous();
        return HistoryLimits.CHANGE_OVERHEAD + (previous == null ? 0 : weigher.applyAsLong(previous));
    }

    private void forgetOldest() {
        Change<V> gone = changes.removeOldest();
        bytes -= weigh(gone);
        oldest = Math.max(oldest, gone.revision());
    }

    private void forgetCheckpoints() {
        checkpoints.headMap(oldest, false).clear();
    }

    /** Makes {@code revision} the oldest that can be viewed. */
    public synchronized void compact(long revision) {
        if (revision > present.revision()) {
            throw new StoreException.FutureRevision(revision, present.revision());
        }
        forget(revision);
        oldest = Math.max(oldest, revision);
        forgetCheckpoints();
    }

    /**
     * Frees the changes up to {@code revision}. Where there were none, older revisions stay viewable: whoever has seen
     * all there was to see may go on from there.
     */
    public synchronized void forget(long revision) {
        while (changes.size() > 0 && changes.get(0).revision() <= revision) {
            forgetOldest();
        }
        forgetCheckpoints();
    }

    /** Every change after {@code revision}, in order. */
    public synchronized List<Change<V>> after(long revision) {
        if (revision < oldest) {
            throw new StoreException.Compacted(oldest);
        }
        return changes.after(revision);
    }

    /** Everything as it was at {@code revision}. */
    public synchronized View<V> at(long revision) {
        View<V> now = present;
        if (revision == now.revision()) {
            return now;
        }
        if (revision > now.revision()) {
            throw new StoreException.FutureRevision(revision, now.revision());
        }
        if (revision < oldest) {
            throw new StoreException.Compacted(oldest);
        }
        Map.Entry<Long, ImmutableTree<V>> checkpoint = checkpoints.ceilingEntry(revision);
        ImmutableTree<V> tree = checkpoint == null ? now.tree() : checkpoint.getValue();
        int last = checkpoint == null ? changes.size() : changes.firstAfter(checkpoint.getKey());
        int first = changes.firstAfter(revision);
        for (int place = last - 1; place >= first; place--) {
            tree = View.undo(tree, changes.get(place));
        }
        return new View<>(tree, revision);
    }
}
