package io.kubespring.storage.etcd;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/**
 * Writes that are answered when our own watches have brought them, so that whoever has the answer finds it in the caches
 * of this process. A stream that lags holds an answer up for a moment only: the write has happened.
 */
final class SeenWaits {

    private static final Duration LONGEST = Duration.ofMillis(250);

    private record Wait(long revision, CompletableFuture<Long> answer, TimeSource.Cancellable limit) {}

    private final TimeSource time;
    private final PriorityQueue<Wait> waits = new PriorityQueue<>(Comparator.comparingLong(Wait::revision));
    private long seen;

    SeenWaits(TimeSource time) {
        this.time = time;
    }

    CompletableFuture<Long> answer(long revision) {
        synchronized (this) {
            if (revision > seen) {
                var answer = new CompletableFuture<Long>();
                waits.add(new Wait(revision, answer, time.schedule(LONGEST, () -> answer.complete(revision))));
                return answer;
            }
        }
        return CompletableFuture.completedFuture(revision);
    }

    void reached(long revision) {
        while (true) {
            Wait over;
            synchronized (this) {
                seen = Math.max(seen, revision);
                Wait first = waits.peek();
                if (first == null || first.revision() > revision) {
                    return;
                }
                over = waits.remove();
            }
            over.limit().cancel();
            over.answer().complete(over.revision());
        }
    }
}
