package io.kubespring.storage.history;

import io.kubespring.storage.tree.ImmutableTree;

/** Everything as of one revision. */
public record View<V>(ImmutableTree<V> tree, long revision) {

    /** The view after {@code change}, at its revision. */
    View<V> then(Change<V> change) {
        V value = change.value();
        return new View<>(
                value == null ? tree.without(change.key()) : tree.with(change.key(), value), change.revision());
    }

    /** The tree as it was before {@code change}. */
    static <V> ImmutableTree<V> undo(ImmutableTree<V> tree, Change<V> change) {
        V previous = change.previous();
        return previous == null ? tree.without(change.key()) : tree.with(change.key(), previous);
    }
}
