package io.kubespring.apiserver.flowcontrol;

/** How much of what a level has is in use, over all time. Guarded by the lock of its line. */
final class LevelUse {

    private static final double[] SEATS = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1};
    private static final double[] REQUESTS = {0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 1};
    private static final double[] DEMAND = {0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.7, 2, 2.8, 4, 6};

    private final TimedHistogram seats;
    private final TimedHistogram waiting;
    private final TimedHistogram executing;
    private final TimedHistogram demand;
    private int seatLimit;
    private int nominalSeats;
    private long waitingLimit;

    LevelUse(long now) {
        seats = new TimedHistogram(SEATS, now);
        waiting = new TimedHistogram(REQUESTS, now);
        executing = new TimedHistogram(REQUESTS, now);
        demand = new TimedHistogram(DEMAND, now);
    }

    /**
     * @param seatsNow what the level may use
     * @param nominal what it may use when nobody borrows
     * @param requests how many its queues hold
     */
    void limit(int seatsNow, int nominal, long requests) {
        seatLimit = seatsNow;
        nominalSeats = nominal;
        waitingLimit = requests;
    }

    /** @param seatsWaiting what waits needs */
    void changed(int seatsInUse, int seatsWaiting, int requestsExecuting, int requestsWaiting, long now) {
        seats.set(seatsInUse, seatLimit, now);
        executing.set(requestsExecuting, seatLimit, now);
        waiting.set(requestsWaiting, waitingLimit, now);
        demand.set((double) seatsInUse + seatsWaiting, nominalSeats, now);
    }

    Readings read(long now) {
        return new Readings(seats.read(now), waiting.read(now), executing.read(now), demand.read(now));
    }

    /** All of it at one moment. */
    record Readings(
            TimedHistogram.Reading seats,
            TimedHistogram.Reading waiting,
            TimedHistogram.Reading executing,
            TimedHistogram.Reading demand) {}
}
