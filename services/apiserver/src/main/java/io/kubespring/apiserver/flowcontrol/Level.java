package io.kubespring.apiserver.flowcontrol;

import io.kubespring.api.time.TimeSource;

/**
 * A priority level in force: its configuration, its line, and the seats it has now. Lives for as long as its name does, so
 * that what waits survives a change of configuration. Written under the controller's lock.
 */
final class Level {

    private final Line line;
    private final RetryAfter retryAfter = new RetryAfter();
    private volatile PriorityLevel configuration;
    private volatile SeatLimits limits = SeatLimits.NONE;
    private volatile int currentSeats;
    private volatile boolean quiescing;
    private volatile Line.DemandReport lastDemand = new Line.DemandReport(0, 0, 0, 0);
    private volatile double target;

    Level(PriorityLevel configuration, int wideAtOnce, TimeSource time) {
        this.configuration = configuration;
        line = configuration.exempt() ? new ExemptLine(time) : new QueueSet(time, wideAtOnce);
    }

    String name() {
        return configuration.name();
    }

    String uid() {
        return configuration.uid();
    }

    PriorityLevel configuration() {
        return configuration;
    }

    Line line() {
        return line;
    }

    RetryAfter retryAfter() {
        return retryAfter;
    }

    SeatLimits limits() {
        return limits;
    }

    int currentSeats() {
        return currentSeats;
    }

    /** Whether it is only there until its last requests are done. */
    boolean quiescing() {
        return quiescing;
    }

    Line.DemandReport lastDemand() {
        return lastDemand;
    }

    double target() {
        return target;
    }

    void configure(PriorityLevel wanted, boolean desired) {
        configuration = wanted;
        quiescing = !desired;
    }

    void limit(SeatLimits wanted) {
        limits = wanted;
    }

    void demanded(Line.DemandReport report) {
        lastDemand = report;
    }

    /** Lets it have {@code seats} from now on. */
    void allow(int seats, double wanted) {
        currentSeats = seats;
        target = wanted;
        switch (line) {
            case QueueSet queues -> queues.configure(configuration, seats, limits.nominal());
            case ExemptLine exempt -> exempt.configure(seats, limits.nominal());
        }
    }
}
