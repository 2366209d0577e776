package io.kubespring.storage.embedded;

import io.kubespring.storage.Store.Entry;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.history.Change;
import io.kubespring.storage.tree.ImmutableTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What compare-and-swap sees: the published state plus everything decided since. Only the writer touches it. A batch
 * that could not be made durable is rolled back; its revisions are never used again.
 */
final class PendingView {

    private ImmutableTree<Slot> tree;
    private ImmutableTree<Slot> durable;
    private long revision;
    private List<Change<Slot>> changes = new ArrayList<>();
    private List<Decision> decisions = new ArrayList<>();
    private boolean advanced;

    PendingView(ImmutableTree<Slot> tree, long revision) {
        this.tree = tree;
        this.durable = tree;
        this.revision = revision;
    }

    /**
     * The decided but not yet durable part.
     *
     * @param advanced whether revisions were left out on purpose: what is before {@code revision} is past
     */
    record Batch(List<Change<Slot>> changes, List<Decision> decisions, long revision, boolean advanced) {
        boolean changesNothing() {
            return changes.isEmpty() && !advanced;
        }
    }

    void decide(Write write) {
        if (write.advancesTo() > 0) {
            revision = Math.max(revision, write.advancesTo());
            advanced = true;
            decisions.add(new Decision(write.answer(), revision, null));
            return;
        }
        Slot current = tree.get(write.key());
        StoreException refusal = refusal(write, current);
        if (refusal != null) {
            decisions.add(new Decision(write.answer(), revision, refusal));
            return;
        }
        revision++;
        byte[] value = write.value();
        Slot next = null;
        if (value == null) {
            tree = tree.without(write.key());
        } else {
            // The key that is already held is kept: one instance for all versions.
            String key = current == null ? write.key() : current.entry().key();
            long id = current == null ? revision : current.id();
            next = new Slot(new Entry(key, value, revision), id, write.expires());
            tree = tree.with(key, next);
        }
        changes.add(new Change<>(write.key(), next, current, revision));
        decisions.add(new Decision(write.answer(), revision, null));
    }

    private static @Nullable StoreException refusal(Write write, @Nullable Slot current) {
        if (write.expected() == Write.ABSENT) {
            return current == null ? null : new StoreException.Exists(write.key());
        }
        boolean matches = current != null && current.entry().revision() == write.expected();
        return matches ? null : new StoreException.Conflict(write.key(), current == null ? null : current.entry());
    }

    /** What has been decided since the last call. */
    Batch take() {
        var batch = new Batch(changes, decisions, revision, advanced);
        advanced = false;
        changes = new ArrayList<>();
        decisions = new ArrayList<>();
        return batch;
    }

    /** The batches taken so far are durable. */
    void committed() {
        durable = tree;
    }

    void rollBack() {
        tree = durable;
    }
}
