package io.kubespring.storage.embedded;

import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store.Entry;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which entry falls due when and hands it over then. An entry that was replaced in the meantime is handed over
 * all the same: deleting it at its old revision fails harmlessly.
 */
final class Expiry {

    private static final long RETRY_MILLIS = 10_000;

    private record Due(long at, Entry entry) {}

    private final TimeSource time;
    private final Function<Entry, CompletableFuture<Boolean>> onDue;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private TimeSource.@Nullable Cancellable timer;
    private boolean closed;

    /** @param onDue deletes the entry; its answer is false if that should be tried again later */
    Expiry(TimeSource time, Function<Entry, CompletableFuture<Boolean>> onDue) {
        this.time = time;
        this.onDue = onDue;
    }

    void add(Slot slot) {
        add(slot.entry(), slot.expires());
    }

    private synchronized void add(Entry entry, long at) {
        queue.add(new Due(at, entry));
        Due first = queue.peek();
        if (first != null && first.at() == at) {
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
            onDue.apply(due.entry()).thenAccept(done -> {
                if (!done) {
                    add(due.entry(), time.now().toEpochMilli() + RETRY_MILLIS);
                }
            });
        }
    }

    synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
