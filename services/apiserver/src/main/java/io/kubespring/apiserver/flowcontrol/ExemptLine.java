package io.kubespring.apiserver.flowcontrol;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.flowcontrol.Ticket.State;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Nobody waits, nobody is counted against a limit; what is in use is known, so that others borrow less. Takes no lock but its statistics' own. */
final class ExemptLine implements Line {

    private final TimeSource time;
    private final AtomicInteger executing = new AtomicInteger();
    private final AtomicInteger seats = new AtomicInteger();
    private final AtomicInteger highest = new AtomicInteger();
    private final LongAdder dispatched = new LongAdder();
    private final LevelUse use;

    ExemptLine(TimeSource time) {
        this.time = time;
        use = new LevelUse(time.nanoTime());
    }

    /** Its seats limit nobody; what is in use is told as a part of them. */
    void configure(int seats, int nominal) {
        synchronized (use) {
            use.limit(seats, nominal, 0);
        }
    }

    private void changed(long now) {
        synchronized (use) {
            use.changed(seats.get(), 0, executing.get(), 0, now);
        }
    }

    @Override
    public void arrive(Seat arrival) {
        long now = time.nanoTime();
        arrival.arrived = now;
        arrival.started = now;
        arrival.become(State.EXECUTING);
        executing.incrementAndGet();
        dispatched.increment();
        int inUse = seats.addAndGet(arrival.work.maxSeats());
        if (inUse > highest.get()) {
            highest.accumulateAndGet(inUse, Math::max);
        }
        changed(now);
        arrival.flow.stats().startedExempt(arrival.work.maxSeats());
    }

    @Override
    public void finish(Seat seat) {
        synchronized (seat) {
            if (seat.state == State.FINISHED) {
                return;
            }
            seat.become(State.FINISHED);
        }
        executing.decrementAndGet();
        seats.addAndGet(-seat.work.maxSeats());
        long now = time.nanoTime();
        changed(now);
        seat.flow.stats().ended(now - seat.started, seat.info.verb().equals("watch"));
        seat.flow.stats().released(seat.work.maxSeats());
    }

    @Override
    public DemandReport closePeriod() {
        int most = highest.getAndSet(seats.get());
        return new DemandReport(most, most, 0, most);
    }

    @Override
    public LevelUse.Readings use() {
        synchronized (use) {
            return use.read(time.nanoTime());
        }
    }

    @Override
    public VirtualTimes times() {
        return VirtualTimes.NONE;
    }

    @Override
    public boolean idle() {
        return executing.get() == 0;
    }

    @Override
    public Dump dump() {
        return new Dump(0, executing.get(), dispatched.sum(), 0, 0, 0, List.of(), List.of());
    }
}
