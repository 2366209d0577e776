package io.kubespring.storage.etcd;

import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseGrpc;
import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Leases that keys with a time to live share: etcd suffers from one lease a key. A lease lives a little longer than asked
 * for, and in that margin later keys with the same time to live take it too. Upstream's margin (5 %, at most a minute)
 * and upstream's most keys a lease.
 */
final class Leases {

    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);
    private static final int MARGIN_DIVISOR = 20;
    private static final int MOST_KEYS = 1_000;

    private static final class Shared {
        final CompletableFuture<Long> id;
        final long end;
        int keys;

        Shared(CompletableFuture<Long> id, long end) {
            this.id = id;
            this.end = end;
        }
    }

    private final Rpc rpc;
    private final TimeSource time;
    private @Nullable Shared newest;

    Leases(Rpc rpc, TimeSource time) {
        this.rpc = rpc;
        this.time = time;
    }

    /** A lease that ends no sooner than after {@code timeToLive}, and not much later. */
    synchronized CompletableFuture<Long> lease(Duration timeToLive) {
        long seconds = Math.max(1, timeToLive.plusMillis(999).toSeconds());
        long margin = Math.min(LONGEST_MARGIN.toSeconds(), seconds / MARGIN_DIVISOR);
        long wanted = time.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        Shared last = newest;
        boolean fits = last != null
                && last.end - wanted >= 0
                && last.end - wanted <= Duration.ofSeconds(margin).toNanos()
                && last.keys < MOST_KEYS
                && !last.id.isCompletedExceptionally();
        if (last == null || !fits) {
            var request =
                    LeaseGrantRequest.newBuilder().setTTL(seconds + margin).build();
            last = new Shared(
                    rpc.write(LeaseGrpc.getLeaseGrantMethod(), request).thenApply(LeaseGrantResponse::getID),
                    wanted + Duration.ofSeconds(margin).toNanos());
            newest = last;
        }
        last.keys++;
        return last.id;
    }

    /** To be called when a lease has turned out not to be there any more. */
    synchronized void forget() {
        newest = null;
    }
}
