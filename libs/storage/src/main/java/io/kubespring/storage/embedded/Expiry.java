package io.kubespring.storage.embedded;

import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store.Entry;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which entry falls due when and hands it over then. An entry that was replaced in the meantime is handed over
 * all the same: deleting it at its old revision fails harmlessly.
 */
final class Expiry {

    private record Due(long at, Entry entry) {}

    private final TimeSource time;
    private final Consumer<Entry> onDue;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private TimeSource.@Nullable Cancellable timer;
    private boolean closed;

    Expiry(TimeSource time, Consumer<Entry> onDue) {
        this.time = time;
        this.onDue = onDue;
    }

    synchronized void add(Slot slot) {
        queue.add(new Due(slot.expires(), slot.entry()));
        Due first = queue.peek();
        if (first != null && first.at() == slot.expires()) {
            arm(first);
        }
    }

    private void arm(Due first) {
        if (timer != null) {
            timer.cancel();
        }
        if (!closed) {
            long wait = Math.max(0, first.at() - time.now().toEpochMilli());
            timer = time.schedule(Duration.ofMillis(wait), this::run);
        }
    }

    private void run() {
        while (true) {
            Due due;
            synchronized (this) {
                due = queue.peek();
                if (due == null || closed) {
                    return;
                }
                if (due.at() > time.now().toEpochMilli()) {
                    arm(due);
                    return;
                }
                queue.poll();
            }
            onDue.accept(due.entry());
        }
    }

    synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
