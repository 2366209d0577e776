package io.kubespring.storage.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Subtrees of equal height in key order. */
final class Branch<V> implements Node<V> {

    /** The first key of each child; a search key below the first belongs to the first child all the same. */
    private final String[] firstKeys;

    private final Node<V>[] children;
    private final int size;

    private Branch(Node<V>[] children) {
        this.children = children;
        firstKeys = new String[children.length];
        int total = 0;
        for (int i = 0; i < children.length; i++) {
            firstKeys[i] = children[i].firstKey();
            total += children[i].size();
        }
        size = total;
    }

    private Branch(Node<V>[] children, String[] firstKeys, int size) {
        this.children = children;
        this.firstKeys = firstKeys;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // generic array
    static <V> Branch<V> of(Node<V> left, Node<V> right) {
        return new Branch<>((Node<V>[]) new Node<?>[] {left, right});
    }

    Node<V> child(int place) {
        return children[place];
    }

    int childFor(String key) {
        int place = Arrays.binarySearch(firstKeys, key);
        return place >= 0 ? place : Math.max(0, -place - 2);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int width() {
        return children.length;
    }

    @Override
    public String firstKey() {
        return firstKeys[0];
    }

    @Override
    public @Nullable V get(String key) {
        return children[childFor(key)].get(key);
    }

    @Override
    public int rank(String key) {
        int place = childFor(key);
        int before = 0;
        for (int i = 0; i < place; i++) {
            before += children[i].size();
        }
        return before + children[place].rank(key);
    }

    @Override
    public Node<V> with(String key, V value) {
        int place = childFor(key);
        Node<V> child = children[place];
        Node<V> next = child.with(key, value);
        if (next.width() > MAX_WIDTH) {
            return replaced(place, 1, next.leftHalf(), next.rightHalf());
        }
        Node<V>[] nextChildren = children.clone();
        nextChildren[place] = next;
        String[] nextKeys = firstKeys;
        if (place == 0 && !next.firstKey().equals(firstKeys[0])) {
            nextKeys = firstKeys.clone();
            nextKeys[0] = next.firstKey();
        }
        return new Branch<>(nextChildren, nextKeys, size + next.size() - child.size());
    }

    @Override
    public Node<V> without(String key) {
        int place = childFor(key);
        Node<V> child = children[place];
        Node<V> next = child.without(key);
        if (next == child) {
            return this;
        }
        if (next.width() == 0) {
            return replaced(place, 1);
        }
        if (next.width() < MIN_WIDTH) {
            if (place > 0 && children[place - 1].width() + next.width() <= MAX_WIDTH) {
                return replaced(place - 1, 2, children[place - 1].mergedWith(next));
            }
            if (place + 1 < children.length && children[place + 1].width() + next.width() <= MAX_WIDTH) {
                return replaced(place, 2, next.mergedWith(children[place + 1]));
            }
        }
        return replaced(place, 1, next);
    }

    /** This branch with {@code count} children from {@code place} on replaced. */
    @SafeVarargs
    private Branch<V> replaced(int place, int count, Node<V>... by) {
        Node<V>[] next = Arrays.copyOf(children, children.length - count + by.length);
        System.arraycopy(by, 0, next, place, by.length);
        System.arraycopy(children, place + count, next, place + by.length, children.length - place - count);
        return new Branch<>(next);
    }

    @Override
    public Node<V> leftHalf() {
        return new Branch<>(Arrays.copyOfRange(children, 0, children.length / 2));
    }

    @Override
    public Node<V> rightHalf() {
        return new Branch<>(Arrays.copyOfRange(children, children.length / 2, children.length));
    }

    @Override
    public Node<V> mergedWith(Node<V> right) {
        Node<V>[] theirs = ((Branch<V>) right).children;
        Node<V>[] merged = Arrays.copyOf(children, children.length + theirs.length);
        System.arraycopy(theirs, 0, merged, children.length, theirs.length);
        return new Branch<>(merged);
    }
}
