package io.kubespring.apiserver.limits;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told about limits; the flags of the same names.
 *
 * @param maxRequestsInFlight reads at once, of which and of writes the server's seats are the sum; null for upstream's
 *     400, or as many as suit the machine if that is less; 0 for no limit
 * @param maxMutatingRequestsInFlight the same of writes, 200
 * @param requestTimeout of a request that says nothing, and the most it can ask for
 * @param minRequestTimeout of a watch that says nothing: this long to twice this long
 * @param livezGracePeriod how long a start may take before liveness suffers
 */
public record LimitsConfig(
        boolean enablePriorityAndFairness,
        @Nullable Integer maxRequestsInFlight,
        @Nullable Integer maxMutatingRequestsInFlight,
        Duration requestTimeout,
        Duration minRequestTimeout,
        Duration livezGracePeriod) {

    public static final LimitsConfig DEFAULT =
            new LimitsConfig(true, null, null, Duration.ofSeconds(60), Duration.ofSeconds(1800), Duration.ZERO);

    private static final int READS = 400;
    private static final int WRITES = 200;

    /**
     * What a core can have in hand. Handlers never block, and event loops are shared by turns, so seats are not what keeps
     * one user from another; they bound what waits for the store, and memory. A quarter of this halves the throughput of a
     * scheduler, whose level has a sixth of the seats.
     */
    private static final int SEATS_PER_CORE = 128;

    public int reads() {
        return maxRequestsInFlight == null ? READS : maxRequestsInFlight;
    }

    public int writes() {
        return maxMutatingRequestsInFlight == null ? WRITES : maxMutatingRequestsInFlight;
    }

    /** Lists of many objects that a level serves at once: half of the machine stays free for everything else. */
    public static int wideAtOnce(int cores) {
        return Math.max(1, cores / 2);
    }

    /** Seats that priority and fairness divides among the levels, on a machine with so many cores. */
    public int seats(int cores) {
        int sum = reads() + writes();
        boolean told = maxRequestsInFlight != null || maxMutatingRequestsInFlight != null;
        return told ? Math.max(1, sum) : Math.min(sum, cores * SEATS_PER_CORE);
    }
}
