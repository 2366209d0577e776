package io.kubespring.storage.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recent changes in revision order; found by binary search. Not safe for threads. */
final class ChangeRing<V> {

    private @Nullable Change<V>[] slots = newSlots(64);
    private int head;
    private int size;

    @SuppressWarnings("unchecked") // generic array
    private static <V> @Nullable Change<V>[] newSlots(int capacity) {
        return (@Nullable Change<V>[]) new @Nullable Change<?>[capacity];
    }

    int size() {
        return size;
    }

    void add(Change<V> change) {
        if (size == slots.length) {
            resize(slots.length * 2);
        }
        slots[(head + size++) & (slots.length - 1)] = change;
    }

    private void resize(int capacity) {
        @Nullable Change<V>[] next = newSlots(capacity);
        for (int i = 0; i < size; i++) {
            next[i] = get(i);
        }
        slots = next;
        head = 0;
    }

    /** @param place 0 for the oldest */
    Change<V> get(int place) {
        Change<V> change = slots[(head + place) & (slots.length - 1)];
        if (change == null) {
            throw new IndexOutOfBoundsException(place);
        }
        return change;
    }

    Change<V> removeOldest() {
        Change<V> oldest = get(0);
        slots[head] = null;
        head = (head + 1) & (slots.length - 1);
        size--;
        if (slots.length > 1024 && size < slots.length / 8) {
            resize(slots.length / 2);
        }
        return oldest;
    }

    /** The place of the first change after {@code revision}; the size if there is none. */
    int firstAfter(long revision) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).revision() <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    List<Change<V>> after(long revision) {
        int first = firstAfter(revision);
        var found = new ArrayList<Change<V>>(size - first);
        for (int i = first; i < size; i++) {
            found.add(get(i));
        }
        return found;
    }
}
