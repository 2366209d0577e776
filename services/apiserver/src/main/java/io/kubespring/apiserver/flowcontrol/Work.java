package io.kubespring.apiserver.flowcontrol;

/**
 * How much of the server a request is expected to take.
 *
 * @param initialSeats held while it is executed
 * @param finalSeats held for {@code extraNanos} after its answer, for work that it leaves behind: events to watchers
 * @param wide whether it keeps a core busy for a while
 */
public record Work(int initialSeats, int finalSeats, long extraNanos, boolean wide) {

    /** A request like most. */
    public static final Work ONE = new Work(1, 0, 0, false);

    /** Assumed of every request until it has ended. */
    static final double SERVICE_SECONDS = 0.003;

    static Work seats(int seats, boolean wide) {
        return seats == 1 && !wide ? ONE : new Work(seats, 0, 0, wide);
    }

    /** What it holds from its start to the end of its extra time. */
    public int maxSeats() {
        return Math.max(initialSeats, finalSeats);
    }

    /** Seat-seconds that its queue is charged when it starts. */
    double total() {
        return initialSeats * SERVICE_SECONDS + finalSeats * (extraNanos / 1e9);
    }
}
