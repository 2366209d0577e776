package io.kubespring.apiserver.flowcontrol;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.flowcontrol.Ticket.State;
import io.kubespring.kinds.flowcontrol.ShuffleSharding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The seats of one limited level and, unless it rejects at once, its queues: "Fair Queuing for Server Requests" of
 * KEP-1040. A request is dealt a few queues by its flow and joins the least loaded; the queue whose next request would
 * finish first in virtual time is served next. Virtual time advances as fast as a queue that always has work is served.
 *
 * <p>Unlike upstream, few wide requests are executed at once: on a small machine it is processors that run out first, and
 * what waits for one inside the machine waits in no fair order. Ordinary requests pass those that wait for this.
 *
 * <p>Invariants: a request is in at most one queue; seats in use are those of what executes or lingers; whatever fits
 * does not wait. Everything is under one lock, held for well under a microsecond; decisions are announced outside of it.
 * Virtual time starts anew whenever nothing waits or executes, so its precision does not wear off.
 */
final class QueueSet implements Line {

    /** A wide request whose client reads this slowly is no burden any more. */
    private static final Duration WIDE_FOR = Duration.ofSeconds(1);

    private final TimeSource time;
    private final int wideAtOnce;
    private final SeatDemand demand;
    private final LevelUse use;
    /** Queues in use only: a level may be configured with millions. */
    private final Map<Integer, FairQueue> queues = new HashMap<>();

    private final Set<Seat> withoutQueue = new LinkedHashSet<>();

    private @Nullable ShuffleSharding sharding;
    private int[] hand = new int[0];
    private int queueLengthLimit;
    private int limit;

    private double progress;
    private double lastDispatch = Double.NaN;
    private double lastStart = Double.NaN;
    private long lastProgress;
    private int activeQueues;
    private int waiting;
    private int waitingSeats;
    private int executing;
    private int seatsInUse;
    private int wide;
    private long enqueued;
    private long dispatched;
    private long rejected;
    private long timedOut;
    private long cancelled;

    /** @param wideAtOnce of {@link Work#wide} requests, so that ordinary ones find a core that is free */
    QueueSet(TimeSource time, int wideAtOnce) {
        this.time = time;
        this.wideAtOnce = wideAtOnce;
        lastProgress = time.nanoTime();
        demand = new SeatDemand(lastProgress);
        use = new LevelUse(lastProgress);
    }

    /** What waits under an earlier configuration keeps its place. */
    void configure(PriorityLevel level, int seats, int nominal) {
        Seat decided;
        synchronized (this) {
            long now = advance();
            queueLengthLimit = level.queueLengthLimit();
            sharding = level.queues() > 0 ? new ShuffleSharding(level.queues(), level.handSize()) : null;
            hand = new int[level.handSize()];
            limit = seats;
            use.limit(seats, nominal, (long) level.queues() * level.queueLengthLimit());
            decided = dispatch(now);
        }
        announce(decided);
    }

    @Override
    public void arrive(Seat arrival) {
        Seat decided;
        synchronized (this) {
            long now = advance();
            arrival.arrived = now;
            arrival.arrivalProgress = progress;
            if (sharding == null) {
                arriveWithoutQueues(arrival, now);
                return;
            }
            decided = enqueue(arrival, sharding) ? dispatch(now) : null;
        }
        announce(decided);
    }

    private void arriveWithoutQueues(Seat arrival, long now) {
        if (fits(arrival.work.maxSeats())) {
            withoutQueue.add(arrival);
            execute(arrival, now);
        } else {
            reject(arrival, "concurrency-limit");
        }
        noteDemand(now);
    }

    private boolean enqueue(Seat arrival, ShuffleSharding dealer) {
        FairQueue queue = choose(arrival.hash, dealer);
        if (seatsInUse >= limit && queue.waiting.size() >= queueLengthLimit) {
            dropIfUnused(queue);
            reject(arrival, "queue-full");
            return false;
        }
        if (!queue.active()) {
            queue.nextDispatch = progress;
            activeQueues++;
        }
        arrival.queue = queue;
        queue.add(arrival);
        queue.boundNextDispatch();
        waiting++;
        waitingSeats += arrival.work.maxSeats();
        arrival.flow.stats().enqueued(arrival.work.maxSeats(), queue.waiting.size());
        return true;
    }

    /** The least loaded of the flow's hand, looked at from another card each time so that ties spread. */
    private FairQueue choose(long hash, ShuffleSharding dealer) {
        dealer.deal(hash, hand);
        int offset = (int) (enqueued++ % hand.length);
        int best = -1;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < hand.length; i++) {
            int index = hand[(offset + i) % hand.length];
            FairQueue queue = queues.get(index);
            double load = queue == null ? 0 : queue.waitingWork;
            if (load < least) {
                least = load;
                best = index;
            }
        }
        return queues.computeIfAbsent(best, FairQueue::new);
    }

    /** Starts what fits. The result is a chain of what became decided. */
    private @Nullable Seat dispatch(long now) {
        Seat decided = null;
        while (waiting > 0 && seatsInUse < limit) {
            FairQueue queue = nextQueue();
            if (queue == null) {
                break;
            }
            Seat oldest = queue.waiting.element();
            if (!fits(oldest.work.maxSeats())) {
                oldest.flow.stats().notAccommodated();
                break;
            }
            leaveQueue(oldest, queue);
            queue.executing.add(oldest);
            queue.seatsInUse += oldest.work.maxSeats();
            lastDispatch = progress;
            lastStart = queue.nextDispatch;
            queue.nextDispatch += oldest.work.total();
            queue.served = dispatched;
            queue.boundNextDispatch();
            execute(oldest, now);
            if (oldest.work.wide()) {
                oldest.countedAsWide = true;
                wide++;
                time.schedule(WIDE_FOR, () -> slowed(oldest));
            }
            oldest.next = decided;
            decided = oldest;
        }
        noteDemand(now);
        return decided;
    }

    private @Nullable FairQueue nextQueue() {
        FairQueue best = null;
        double earliest = Double.MAX_VALUE;
        for (FairQueue queue : queues.values()) {
            Seat oldest = queue.waiting.peek();
            if (oldest != null && !(oldest.work.wide() && wide >= wideAtOnce)) {
                double finish = queue.nextDispatch + oldest.work.total();
                if (best == null || finish < earliest || (finish == earliest && queue.served < best.served)) {
                    earliest = finish;
                    best = queue;
                }
            }
        }
        return best;
    }

    /** One that is wider than the level is served alone. */
    private boolean fits(int seats) {
        return seats > limit ? executing == 0 : seatsInUse + seats <= limit;
    }

    private void leaveQueue(Seat seat, FairQueue queue) {
        if (queue.remove(seat)) {
            waiting--;
            waitingSeats -= seat.work.maxSeats();
            seat.flow.stats().dequeued(seat.work.maxSeats());
        }
    }

    private void execute(Seat seat, long now) {
        seat.started = now;
        executing++;
        seatsInUse += seat.work.maxSeats();
        dispatched++;
        seat.become(State.EXECUTING);
        seat.flow.stats().started(seat.work.maxSeats(), now - seat.arrived);
    }

    private void reject(Seat seat, String reason) {
        rejected++;
        seat.become(State.REJECTED);
        seat.flow.stats().rejected(reason, time.nanoTime() - seat.arrived);
        seat.flow.level().retryAfter().dropped(time.now().getEpochSecond());
    }

    @Override
    public void finish(Seat seat) {
        Seat decided;
        synchronized (this) {
            State was = seat.state;
            if (was == State.FINISHED || was == State.REJECTED) {
                return;
            }
            long now = advance();
            seat.become(State.FINISHED);
            if (was == State.WAITING) {
                cancelled++;
                leave(seat);
            } else {
                end(seat, now);
            }
            decided = dispatch(now);
        }
        announce(decided);
    }

    /** Turns away one that has waited for too long; of any other nothing happens. */
    void timeOut(Seat seat) {
        Seat decided;
        synchronized (this) {
            if (seat.state != State.WAITING) {
                return;
            }
            long now = advance();
            leave(seat);
            timedOut++;
            reject(seat, "time-out");
            seat.next = dispatch(now);
            decided = seat;
        }
        announce(decided);
    }

    private void leave(Seat seat) {
        FairQueue queue = seat.queue;
        if (queue != null) {
            leaveQueue(seat, queue);
            queue.boundNextDispatch();
            becameInactive(queue);
        }
    }

    private void slowed(Seat seat) {
        Seat decided;
        synchronized (this) {
            if (!seat.countedAsWide) {
                return;
            }
            long now = advance();
            notWide(seat);
            decided = dispatch(now);
        }
        announce(decided);
    }

    private void notWide(Seat seat) {
        if (seat.countedAsWide) {
            seat.countedAsWide = false;
            wide--;
        }
    }

    private void end(Seat seat, long now) {
        executing--;
        notWide(seat);
        seat.flow.stats().ended(now - seat.started, seat.info.verb().equals("watch"));
        FairQueue queue = seat.queue;
        if (queue == null) {
            withoutQueue.remove(seat);
        } else {
            queue.executing.remove(seat);
            // It was charged for an assumed time; now the true one is known.
            double actual = (now - seat.started) / 1e9;
            queue.nextDispatch += seat.work.initialSeats() * (actual - Work.SERVICE_SECONDS);
            queue.boundNextDispatch();
            if (!queue.active()) {
                activeQueues--;
            }
        }
        if (seat.work.extraNanos() > 0) {
            time.schedule(Duration.ofNanos(seat.work.extraNanos()), () -> lingered(seat));
        } else {
            release(seat);
        }
    }

    private void lingered(Seat seat) {
        Seat decided;
        synchronized (this) {
            long now = advance();
            release(seat);
            decided = dispatch(now);
        }
        announce(decided);
    }

    private void release(Seat seat) {
        seatsInUse -= seat.work.maxSeats();
        seat.flow.stats().released(seat.work.maxSeats());
        FairQueue queue = seat.queue;
        if (queue != null) {
            queue.seatsInUse -= seat.work.maxSeats();
            dropIfUnused(queue);
        }
    }

    private void becameInactive(FairQueue queue) {
        if (!queue.active()) {
            activeQueues--;
            dropIfUnused(queue);
        }
    }

    private void dropIfUnused(FairQueue queue) {
        if (queue.unused()) {
            queues.remove(queue.index, queue);
        }
    }

    /** Moves virtual time to now. */
    private long advance() {
        long now = time.nanoTime();
        if (waiting == 0 && executing == 0) {
            progress = 0;
        } else if (activeQueues > 0) {
            double rate = (double) Math.min(seatsInUse + waitingSeats, limit) / activeQueues;
            progress += rate * (now - lastProgress) / 1e9;
        }
        lastProgress = now;
        return now;
    }

    private void noteDemand(long now) {
        demand.set(seatsInUse + waitingSeats, now);
        use.changed(seatsInUse, waitingSeats, executing, waiting, now);
    }

    private static void announce(@Nullable Seat decided) {
        for (Seat each = decided; each != null; ) {
            Seat following = each.next;
            each.next = null;
            each.announce();
            each = following;
        }
    }

    @Override
    public synchronized DemandReport closePeriod() {
        demand.close(time.nanoTime());
        return new DemandReport(demand.highWatermark(), demand.average(), demand.deviation(), demand.smoothed());
    }

    @Override
    public synchronized LevelUse.Readings use() {
        return use.read(time.nanoTime());
    }

    @Override
    public synchronized VirtualTimes times() {
        double first = Double.NaN;
        double last = Double.NaN;
        for (FairQueue queue : queues.values()) {
            if (!queue.waiting.isEmpty()) {
                first = Double.isNaN(first) ? queue.nextDispatch : Math.min(first, queue.nextDispatch);
                last = Double.isNaN(last) ? queue.nextDispatch : Math.max(last, queue.nextDispatch);
            }
        }
        return new VirtualTimes(progress, known(lastDispatch), known(lastStart), known(first), known(last));
    }

    private static @Nullable Double known(double time) {
        return Double.isNaN(time) ? null : time;
    }

    @Override
    public synchronized boolean idle() {
        return waiting == 0 && executing == 0;
    }

    @Override
    public synchronized Dump dump() {
        List<QueueDump> used = new ArrayList<>();
        queues.values().forEach(queue -> used.add(dump(queue)));
        return new Dump(waiting, executing, dispatched, rejected, timedOut, cancelled, used, List.copyOf(withoutQueue));
    }

    private static QueueDump dump(FairQueue queue) {
        int initial = 0;
        for (Seat seat : queue.waiting) {
            initial += seat.work.initialSeats();
        }
        return new QueueDump(
                queue.index,
                queue.seatsInUse,
                queue.nextDispatch,
                initial,
                queue.waitingSeats,
                queue.waitingWork,
                List.copyOf(queue.waiting),
                List.copyOf(queue.executing));
    }
}
