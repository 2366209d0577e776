package io.kubespring.storage.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The entries of a contiguous range of keys. */
final class Leaf<V> implements Node<V> {

    private final String[] keys;
    private final Object[] values;

    Leaf(String[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
    }

    /** As {@link Arrays#binarySearch}. */
    int find(String key) {
        return Arrays.binarySearch(keys, key);
    }

    @SuppressWarnings("unchecked") // only with() puts values in
    V value(int place) {
        return (V) values[place];
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public int width() {
        return keys.length;
    }

    @Override
    public String firstKey() {
        return keys[0];
    }

    @Override
    public @Nullable V get(String key) {
        int place = find(key);
        return place < 0 ? null : value(place);
    }

    @Override
    public int rank(String key) {
        int place = find(key);
        return place < 0 ? -place - 1 : place;
    }

    @Override
    public Node<V> with(String key, V value) {
        int place = find(key);
        if (place >= 0) {
            Object[] next = values.clone();
            next[place] = value;
            return new Leaf<>(keys, next);
        }
        int at = -place - 1;
        String[] nextKeys = Arrays.copyOf(keys, keys.length + 1);
        Object[] nextValues = Arrays.copyOf(values, values.length + 1);
        System.arraycopy(keys, at, nextKeys, at + 1, keys.length - at);
        System.arraycopy(values, at, nextValues, at + 1, values.length - at);
        nextKeys[at] = key;
        nextValues[at] = value;
        return new Leaf<>(nextKeys, nextValues);
    }

    @Override
    public Node<V> without(String key) {
        int at = find(key);
        if (at < 0) {
            return this;
        }
        String[] nextKeys = Arrays.copyOf(keys, keys.length - 1);
        Object[] nextValues = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(keys, at + 1, nextKeys, at, nextKeys.length - at);
        System.arraycopy(values, at + 1, nextValues, at, nextValues.length - at);
        return new Leaf<>(nextKeys, nextValues);
    }

    @Override
    public Node<V> leftHalf() {
        return slice(0, keys.length / 2);
    }

    @Override
    public Node<V> rightHalf() {
        return slice(keys.length / 2, keys.length);
    }

    private Leaf<V> slice(int from, int to) {
        return new Leaf<>(Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public Node<V> mergedWith(Node<V> right) {
        Leaf<V> other = (Leaf<V>) right;
        String[] nextKeys = Arrays.copyOf(keys, keys.length + other.keys.length);
        Object[] nextValues = Arrays.copyOf(values, values.length + other.values.length);
        System.arraycopy(other.keys, 0, nextKeys, keys.length, other.keys.length);
        System.arraycopy(other.values, 0, nextValues, values.length, other.values.length);
        return new Leaf<>(nextKeys, nextValues);
    }
}
