package io.kubespring.apimachinery.protobuf;

import java.util.Arrays;

/** The places of one message's fields, or a list's items, while it is written; nested ones on top. */
final class NodeStack {

    /** Up to here keys are sorted by insertion: they come sorted from nearly every client. */
    private static final int FEW = 64;

    private int[] nodes = new int[128];
    private int size;

    @FunctionalInterface
    interface Order {
        int compare(int one, int other);
    }

    int size() {
        return size;
    }

    /** @return where the first of them is */
    int push(int count, int value) {
        int base = size;
        while (size + count > nodes.length) {
            nodes = Arrays.copyOf(nodes, nodes.length * 2);
        }
        Arrays.fill(nodes, base, base + count, value);
        size += count;
        return base;
    }

    void push(int node) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, size * 2);
        }
        nodes[size++] = node;
    }

    int get(int place) {
        return nodes[place];
    }

    void set(int place, int node) {
        nodes[place] = node;
    }

    void pop(int to) {
        size = to;
    }

    void sort(int from, Order order) {
        if (size - from > FEW) {
            Integer[] boxed = new Integer[size - from];
            Arrays.setAll(boxed, i -> nodes[from + i]);
            Arrays.sort(boxed, order::compare);
            for (int i = 0; i < boxed.length; i++) {
                nodes[from + i] = boxed[i];
            }
            return;
        }
        for (int i = from + 1; i < size; i++) {
            int node = nodes[i];
            int place = i;
            while (place > from && order.compare(nodes[place - 1], node) > 0) {
                nodes[place] = nodes[place - 1];
                place--;
            }
            nodes[place] = node;
        }
    }
}
