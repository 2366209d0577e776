package io.kubespring.apiserver.flowcontrol;

import java.util.List;

/** What a level's requests go through: an exempt one never holds anybody up, the others have seats and perhaps queues. */
sealed interface Line permits QueueSet, ExemptLine {

    /** @param arrival not yet decided */
    void arrive(Seat arrival);

    void finish(Seat seat);

    /** Takes the demand of the period that ends now. */
    DemandReport closePeriod();

    boolean idle();

    LevelUse.Readings use();

    VirtualTimes times();

    Dump dump();

    /** What the levels' adjustment goes by. */
    record DemandReport(int highWatermark, double average, double deviation, double smoothed) {}

    /** For the debugging pages. */
    record Dump(
            int waiting,
            int executing,
            long dispatched,
            long rejected,
            long timedOut,
            long cancelled,
            List<QueueDump> queues,
            List<Seat> withoutQueue) {}

    /** One queue that is in use. */
    record QueueDump(
            int index,
            int seatsInUse,
            double nextDispatch,
            int initialSeats,
            int maxSeats,
            double work,
            List<Seat> waiting,
            List<Seat> executing) {}
}
