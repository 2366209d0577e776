package io.kubespring.scheduler.queue;

import io.kubespring.api.time.TimeSource;
import io.kubespring.api.time.TimeSource.Cancellable;
import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.framework.Framework;
import io.kubespring.scheduler.framework.PodInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every unbound Pod is in exactly one place: <em>active</em> (to be tried now, by priority, then age), <em>in flight</em>
 * (being tried), <em>backing off</em> (1 s, doubling to 10 s), <em>unschedulable</em> (waits for an event that may help, at
 * most five minutes) or <em>gated</em>. An event that happens while a Pod is in flight is not lost: such a Pod backs off
 * instead of waiting for another event.
 */
public final class SchedulingQueue implements AutoCloseable {

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration FLUSH_PERIOD = Duration.ofSeconds(30);

    private static final Comparator<QueuedPod> ORDER = Comparator.comparingInt(
                    (QueuedPod each) -> -each.pod().priority())
            .thenComparing(QueuedPod::since)
            .thenComparingLong(QueuedPod::arrival);

    private record Waiting(QueuedPod pod, java.time.Instant since) {}

    private record BackingOff(QueuedPod pod, Cancellable timer) {}

    private final TimeSource time;
    private final Framework framework;
    private final Runnable wakeUp;
    private final TreeSet<QueuedPod> active = new TreeSet<>(ORDER);
    private final Map<String, QueuedPod> activeByUid = new HashMap<>();
    private final Map<String, BackingOff> backingOff = new HashMap<>();
    private final Map<String, Waiting> unschedulable = new HashMap<>();
    private final Map<String, QueuedPod> gated = new HashMap<>();
    private final Map<String, QueuedPod> inFlight = new HashMap<>();
    private final Cancellable flusher;
    private long moves;
    private long arrivals;
    private final Map<String, Long> movesAtPop = new HashMap<>();

    /** @param wakeUp called, without a lock held by the caller's thread alone, when there is something to pop */
    public SchedulingQueue(TimeSource time, Framework framework, Runnable wakeUp) {
        this.time = time;
        this.framework = framework;
        this.wakeUp = wakeUp;
        this.flusher = time.scheduleAtFixedRate(FLUSH_PERIOD, FLUSH_PERIOD, this::flush);
    }

    /** Adds a Pod, or takes a changed one for the one that is here. */
    public void put(PodInfo pod) {
        synchronized (this) {
            String uid = pod.uid();
            QueuedPod flying = inFlight.get(uid);
            if (flying != null) {
                inFlight.put(uid, flying.with(pod));
                return;
            }
            BackingOff waitingForTime = backingOff.get(uid);
            if (waitingForTime != null) {
                backingOff.put(uid, new BackingOff(waitingForTime.pod().with(pod), waitingForTime.timer()));
                return;
            }
            Waiting waiting = unschedulable.remove(uid);
            QueuedPod known = waiting != null ? waiting.pod() : gated.remove(uid);
            if (known == null) {
                known = takeActive(uid);
            }
            QueuedPod next = known == null ? new QueuedPod(pod, time.now(), arrivals++, 0, Set.of()) : known.with(pod);
            if (framework.gate(pod) != null) {
                gated.put(uid, next);
                return;
            }
            if (waiting != null && !framework.mayHelp(ClusterEvent.POD_CHANGED, pod, next.rejectedBy())) {
                unschedulable.put(uid, new Waiting(next, waiting.since()));
                return;
            }
            activate(next);
        }
        wakeUp.run();
    }

    public synchronized void remove(String uid) {
        takeActive(uid);
        unschedulable.remove(uid);
        gated.remove(uid);
        inFlight.remove(uid);
        movesAtPop.remove(uid);
        BackingOff waiting = backingOff.remove(uid);
        if (waiting != null) {
            waiting.timer().cancel();
        }
    }

    /** The next Pod to try, now in flight; null where there is none. */
    public synchronized @Nullable QueuedPod poll() {
        QueuedPod first = active.pollFirst();
        if (first == null) {
            return null;
        }
        QueuedPod tried = first.tried();
        activeByUid.remove(tried.pod().uid());
        inFlight.put(tried.pod().uid(), tried);
        movesAtPop.put(tried.pod().uid(), moves);
        return tried;
    }

    /** The Pod in flight has a node. */
    public synchronized void done(String uid) {
        inFlight.remove(uid);
        movesAtPop.remove(uid);
    }

    /** The Pod in flight fits nowhere: it waits for an event. */
    public synchronized void rejected(QueuedPod pod, Set<String> plugins) {
        String uid = pod.pod().uid();
        QueuedPod latest = inFlight.remove(uid);
        Long movesThen = movesAtPop.remove(uid);
        if (latest == null) {
            return; // deleted meanwhile
        }
        QueuedPod next = latest.rejectedBy(plugins);
        if (movesThen != null && movesThen != moves) {
            backOff(next);
        } else {
            unschedulable.put(uid, new Waiting(next, time.now()));
        }
    }

    /** The Pod in flight met an error: it is tried again after a while. */
    public synchronized void failed(QueuedPod pod) {
        String uid = pod.pod().uid();
        QueuedPod latest = inFlight.remove(uid);
        movesAtPop.remove(uid);
        if (latest != null) {
            backOff(latest.rejectedBy(Set.of()));
        }
    }

    /** Something happened: whoever it may help is tried again. */
    public void happened(ClusterEvent event) {
        synchronized (this) {
            moves++;
            List<Waiting> helped = unschedulable.values().stream()
                    .filter(each -> framework.mayHelp(
                            event, each.pod().pod(), each.pod().rejectedBy()))
                    .toList();
            if (helped.isEmpty()) {
                return;
            }
            for (Waiting each : helped) {
                unschedulable.remove(each.pod().pod().uid());
                Duration waited = Duration.between(each.since(), time.now());
                Duration rest = backoff(each.pod().attempts()).minus(waited);
                if (rest.isPositive()) {
                    backOff(each.pod(), rest);
                } else {
                    activate(each.pod());
                }
            }
        }
        wakeUp.run();
    }

    private void flush() {
        boolean any = false;
        synchronized (this) {
            for (Waiting each : new ArrayList<>(unschedulable.values())) {
                if (Duration.between(each.since(), time.now()).compareTo(LONGEST_WAIT) >= 0) {
                    unschedulable.remove(each.pod().pod().uid());
                    activate(each.pod());
                    any = true;
                }
            }
        }
        if (any) {
            wakeUp.run();
        }
    }

    private static Duration backoff(int attempts) {
        Duration delay = FIRST_BACKOFF.multipliedBy(1L << Math.clamp(attempts - 1, 0, 10));
        return delay.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : delay;
    }

    private void backOff(QueuedPod pod) {
        backOff(pod, backoff(pod.attempts()));
    }

    private void backOff(QueuedPod pod, Duration delay) {
        String uid = pod.pod().uid();
        backingOff.put(uid, new BackingOff(pod, time.schedule(delay, () -> backedOff(uid))));
    }

    private void backedOff(String uid) {
        synchronized (this) {
            BackingOff waiting = backingOff.remove(uid);
            if (waiting == null) {
                return;
            }
            activate(waiting.pod());
        }
        wakeUp.run();
    }

    private void activate(QueuedPod pod) {
        active.add(pod);
        activeByUid.put(pod.pod().uid(), pod);
    }

    private @Nullable QueuedPod takeActive(String uid) {
        QueuedPod found = activeByUid.remove(uid);
        if (found != null) {
            active.remove(found);
        }
        return found;
    }

    public synchronized int active() {
        return active.size();
    }

    public synchronized int backingOff() {
        return backingOff.size();
    }

    public synchronized int unschedulable() {
        return unschedulable.size();
    }

    public synchronized int gated() {
        return gated.size();
    }

    @Override
    public void close() {
        flusher.cancel();
    }
}
