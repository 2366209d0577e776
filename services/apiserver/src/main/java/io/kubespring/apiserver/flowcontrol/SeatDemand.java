package io.kubespring.apiserver.flowcontrol;

/**
 * How many seats a level could use, over the period since the last {@link #close}: highest, average and deviation
 * weighted by time, and a smoothed figure that rises at once and halves in five minutes. Guarded by its level's lock.
 */
final class SeatDemand {

    private static final double DECAY = 0.977;

    private long since;
    private long changed;
    private int current;
    private int highest;
    private double sum;
    private double squares;

    private int highWatermark;
    private double average;
    private double deviation;
    private double smoothed;

    SeatDemand(long now) {
        since = now;
        changed = now;
    }

    void set(int seats, long now) {
        if (seats != current) {
            integrate(now);
            current = seats;
            highest = Math.max(highest, seats);
        }
    }

    private void integrate(long now) {
        double passed = now - changed;
        changed = now;
        sum += current * passed;
        squares += (double) current * current * passed;
    }

    /** Ends the period and begins the next. */
    void close(long now) {
        integrate(now);
        double length = now - since;
        highWatermark = highest;
        if (length > 0) {
            average = sum / length;
            deviation = Math.sqrt(Math.max(0, squares / length - average * average));
            double envelope = average + deviation;
            smoothed = Math.max(envelope, DECAY * smoothed + (1 - DECAY) * envelope);
        }
        since = now;
        highest = current;
        sum = 0;
        squares = 0;
    }

    int highWatermark() {
        return highWatermark;
    }

    double average() {
        return average;
    }

    double deviation() {
        return deviation;
    }

    double smoothed() {
        return smoothed;
    }
}
