package io.kubespring.storage.tree;

import org.jspecify.annotations.Nullable;

/**
 * A part of an {@link ImmutableTree}. A change may return a node that is one wider than allowed or empty; whoever holds
 * it then splits or drops it.
 */
sealed interface Node<V> permits Leaf, Branch {

    int MAX_WIDTH = 32;

    /** Narrower nodes are merged with a neighbour where both fit into one. */
    int MIN_WIDTH = 10;

    /** Keys in the whole subtree. */
    int size();

    /** Direct entries or children. */
    int width();

    String firstKey();

    @Nullable
    V get(String key);

    int rank(String key);

    Node<V> with(String key, V value);

    /** Returns this very node if the key is absent. */
    Node<V> without(String key);

    Node<V> leftHalf();

    Node<V> rightHalf();

    /** This node's content followed by that of its right neighbour of the same height. */
    Node<V> mergedWith(Node<V> right);
}
