package io.kubespring.apimachinery.fieldmanager;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects one level of a {@link FieldSet}. What carries no mark and has nothing below it is left out. */
final class FieldSetBuilder {

    private static final int INSERTION_LIMIT = 24;

    private PathElement[] steps;
    private byte[] marks;
    private @Nullable FieldSet[] children;
    private int size;
    private boolean sorted = true;

    FieldSetBuilder(int expected) {
        steps = new PathElement[expected];
        marks = new byte[expected];
        children = new FieldSet[expected];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a step; one that was added before is united with it when the set is built. */
    void append(PathElement step, int mark, @Nullable FieldSet child) {
        boolean nothingBelow = child == null || child.isEmpty();
        if (mark == 0 && nothingBelow) {
            return;
        }
        if (size == steps.length) {
            int capacity = Math.max(4, size * 2);
            steps = Arrays.copyOf(steps, capacity);
            marks = Arrays.copyOf(marks, capacity);
            children = Arrays.copyOf(children, capacity);
        }
        sorted &= size == 0 || steps[size - 1].compareTo(step) < 0;
        steps[size] = step;
        marks[size] = (byte) mark;
        children[size++] = nothingBelow ? null : child;
    }

    FieldSet build() {
        if (size == 0) {
            return FieldSet.EMPTY;
        }
        if (!sorted) {
            sort();
        }
        return size == steps.length
                ? new FieldSet(steps, marks, children)
                : new FieldSet(Arrays.copyOf(steps, size), Arrays.copyOf(marks, size), Arrays.copyOf(children, size));
    }

    /** Sorts in place, by insertion where that is cheapest, and unites what stands twice. */
    private void sort() {
        if (size > INSERTION_LIMIT) {
            sortByIndex();
        } else {
            for (int i = 1; i < size; i++) {
                insert(i);
            }
        }
        int last = 0;
        for (int i = 1; i < size; i++) {
            if (steps[last].compareTo(steps[i]) == 0) {
                marks[last] |= marks[i];
                children[last] = union(children[last], children[i]);
            } else {
                last++;
                move(i, last);
            }
        }
        size = last + 1;
    }

    private void insert(int from) {
        PathElement step = steps[from];
        byte mark = marks[from];
        FieldSet child = children[from];
        int at = from;
        while (at > 0 && steps[at - 1].compareTo(step) > 0) {
            move(at - 1, at);
            at--;
        }
        steps[at] = step;
        marks[at] = mark;
        children[at] = child;
    }

    private void move(int from, int to) {
        steps[to] = steps[from];
        marks[to] = marks[from];
        children[to] = children[from];
    }

    private void sortByIndex() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        PathElement[] oldSteps = Arrays.copyOf(steps, size);
        byte[] oldMarks = Arrays.copyOf(marks, size);
        @Nullable FieldSet[] oldChildren = Arrays.copyOf(children, size);
        Arrays.sort(order, (left, right) -> oldSteps[left].compareTo(oldSteps[right]));
        for (int i = 0; i < size; i++) {
            steps[i] = oldSteps[order[i]];
            marks[i] = oldMarks[order[i]];
            children[i] = oldChildren[order[i]];
        }
    }

    private static @Nullable FieldSet union(@Nullable FieldSet left, @Nullable FieldSet right) {
        return left == null ? right : right == null ? left : left.union(right);
    }
}
