package io.kubespring.apimachinery.fieldmanager;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects one level of a {@link FieldSet}. What carries no mark and has nothing below it is left out. */
final class FieldSetBuilder {

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

    private void sort() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        PathElement[] unsorted = steps;
        Arrays.sort(order, (left, right) -> unsorted[left].compareTo(unsorted[right]));
        var result = new FieldSetBuilder(size);
        for (Integer at : order) {
            int last = result.size - 1;
            if (last >= 0 && result.steps[last].compareTo(steps[at]) == 0) {
                result.marks[last] |= marks[at];
                result.children[last] = union(result.children[last], children[at]);
            } else {
                result.append(steps[at], marks[at], children[at]);
            }
        }
        steps = result.steps;
        marks = result.marks;
        children = result.children;
        size = result.size;
    }

    private static @Nullable FieldSet union(@Nullable FieldSet left, @Nullable FieldSet right) {
        return left == null ? right : right == null ? left : left.union(right);
    }
}
