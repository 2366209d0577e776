package io.kubespring.apiserver.flowcontrol;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/** One queue of a {@link QueueSet} that is in use. Guarded by its lock. */
final class FairQueue {

    final int index;
    final ArrayDeque<Seat> waiting = new ArrayDeque<>(4);
    final Set<Seat> executing = new LinkedHashSet<>(4);

    /** Virtual time at which its next request would start; what fairness goes by. */
    double nextDispatch;

    double waitingWork;
    int waitingSeats;
    int seatsInUse;

    /** Order of dispatch: of two queues with equal claims, the one that was served longer ago is next. */
    long served;

    FairQueue(int index) {
        this.index = index;
    }

    boolean active() {
        return !waiting.isEmpty() || !executing.isEmpty();
    }

    boolean unused() {
        return !active() && seatsInUse == 0;
    }

    void add(Seat seat) {
        waiting.add(seat);
        waitingWork += seat.work.total();
        waitingSeats += seat.work.maxSeats();
    }

    /** @return false if it does not wait here any more */
    boolean remove(Seat seat) {
        if (!(waiting.peek() == seat ? waiting.poll() == seat : waiting.remove(seat))) {
            return false;
        }
        waitingWork = waiting.isEmpty() ? 0 : waitingWork - seat.work.total();
        waitingSeats -= seat.work.maxSeats();
        return true;
    }

    /**
     * Against windup: a queue that cannot use all it is given would collect credit without end; so nothing is dispatched
     * before it arrived, in virtual time either.
     */
    void boundNextDispatch() {
        Seat oldest = waiting.peek();
        if (oldest != null && nextDispatch < oldest.arrivalProgress) {
            nextDispatch = oldest.arrivalProgress;
        }
    }
}
