package io.kubespring.storage.tree;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map ordered by key: a B-tree whose changes copy one path and share the rest, so that a snapshot is a
 * reference and needs no lock. Finding, changing and counting cost O(log size).
 */
public final class ImmutableTree<V> {

    private static final ImmutableTree<?> EMPTY = new ImmutableTree<>(new Leaf<>(new String[0], new Object[0]));

    private final Node<V> root;

    private ImmutableTree(Node<V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked") // it holds no value
    public static <V> ImmutableTree<V> empty() {
        return (ImmutableTree<V>) EMPTY;
    }

    public int size() {
        return root.size();
    }

    public @Nullable V get(String key) {
        return root.get(key);
    }

    /** This map with the key set to the value. */
    public ImmutableTree<V> with(String key, V value) {
        Node<V> next = root.with(key, value);
        if (next.width() > Node.MAX_WIDTH) {
            next = Branch.of(next.leftHalf(), next.rightHalf());
        }
        return new ImmutableTree<>(next);
    }

    /** This map without the key. */
    public ImmutableTree<V> without(String key) {
        Node<V> next = root.without(key);
        if (next == root) {
            return this;
        }
        while (next instanceof Branch<V> branch && branch.width() == 1) {
            next = branch.child(0);
        }
        return next.width() == 0 ? empty() : new ImmutableTree<>(next);
    }

    /** How many keys sort before {@code key}. */
    public int rank(String key) {
        return root.rank(key);
    }

    /** How many keys start with {@code prefix}. */
    public int countPrefix(String prefix) {
        return rank(prefixEnd(prefix)) - rank(prefix);
    }

    /** The values of keys in [from, to), in key order. */
    public Iterator<V> range(String from, String to) {
        int end = rank(to);
        int start = rank(from);
        return new Range<>(root, from, Math.max(0, end - start));
    }

    /** The values of keys that start with {@code prefix}, in key order. */
    public Iterator<V> prefix(String prefix) {
        return range(prefix, prefixEnd(prefix));
    }

    /** The first key after all that start with {@code prefix}. */
    public static String prefixEnd(String prefix) {
        int last = prefix.length() - 1;
        return last < 0 ? "\uffff" : prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }

    /** Walks leaves from left to right; the stack is the path from the root. */
    private static final class Range<V> implements Iterator<V> {
        private static final int MAX_DEPTH = 16;

        private final Branch<?>[] path = new Branch<?>[MAX_DEPTH];
        private final int[] places = new int[MAX_DEPTH];
        private int depth;
        private Leaf<V> leaf;
        private int place;
        private int remaining;

        Range(Node<V> root, String from, int count) {
            leaf = descend(root, from);
            int found = leaf.find(from);
            place = found >= 0 ? found : -found - 1;
            remaining = count;
        }

        private Leaf<V> descend(Node<V> start, @Nullable String from) {
            Node<V> node = start;
            while (node instanceof Branch<V> branch) {
                int child = from == null ? 0 : branch.childFor(from);
                path[depth] = branch;
                places[depth++] = child;
                node = branch.child(child);
            }
            return (Leaf<V>) node;
        }

        @Override
        public boolean hasNext() {
            return remaining > 0;
        }

        @Override
        public V next() {
            if (remaining <= 0) {
                throw new NoSuchElementException();
            }
            while (place >= leaf.width()) {
                nextLeaf();
            }
            remaining--;
            return leaf.value(place++);
        }

        @SuppressWarnings("unchecked") // the path holds this tree's branches
        private void nextLeaf() {
            while (depth > 0) {
                Branch<V> branch = (Branch<V>) path[depth - 1];
                int child = ++places[depth - 1];
                if (child < branch.width()) {
                    leaf = descend(branch.child(child), null);
                    place = 0;
                    return;
                }
                depth--;
            }
            throw new NoSuchElementException();
        }
    }
}
