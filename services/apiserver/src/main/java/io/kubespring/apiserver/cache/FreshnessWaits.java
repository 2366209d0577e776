package io.kubespring.apiserver.cache;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Readers that wait until the cache has seen a revision. */
final class FreshnessWaits {

    private static final Duration LONGEST = Duration.ofSeconds(3);

    private record Wait(long revision, CompletableFuture<Void> done, TimeSource.Cancellable timeout) {}

    private final TimeSource time;
    private final LongSupplier present;
    private volatile LongConsumer observer = nanos -> {};
    private final PriorityQueue<Wait> waits = new PriorityQueue<>(Comparator.comparingLong(Wait::revision));

    FreshnessWaits(TimeSource time, LongSupplier present) {
        this.time = time;
        this.present = present;
    }

    /** @param waits gets the nanoseconds of each wait that there was */
    void observe(LongConsumer waits) {
        observer = waits;
    }

    CompletableFuture<Void> await(long revision) {
        var done = new CompletableFuture<Void>();
        synchronized (this) {
            if (present.getAsLong() < revision) {
                var timeout = time.schedule(
                        LONGEST, () -> done.completeExceptionally(tooLarge(revision, present.getAsLong())));
                waits.add(new Wait(revision, done, timeout));
                long start = time.nanoTime();
                return done.whenComplete((over, failure) -> observer.accept(time.nanoTime() - start));
            }
        }
        done.complete(null);
        return done;
    }

    /** The cache has moved to {@code revision}. */
    void reached(long revision) {
        List<Wait> over = new ArrayList<>();
        synchronized (this) {
            for (Wait first = waits.peek(); first != null && first.revision() <= revision; first = waits.peek()) {
                over.add(first);
                waits.poll();
            }
        }
        for (Wait wait : over) {
            wait.timeout().cancel();
            wait.done().complete(null);
        }
    }

    /** Upstream's answer to a revision from the future. */
    static StatusException tooLarge(long asked, long present) {
        var cause = new StatusException.Cause("ResourceVersionTooLarge", "Too large resource version", "");
        return new StatusException(
                StatusReason.TIMEOUT,
                StatusReason.TIMEOUT.code(),
                "Timeout: Too large resource version: " + asked + ", current: " + present,
                new StatusException.Details("", "", "", "", List.of(cause), Duration.ofSeconds(1)));
    }
}
