package io.kubespring.api.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock for tests: it stands still until {@link #advance}, which runs due timers in order on the calling thread. */
public final class ManualTime implements TimeSource {

    private static final class Timer {
        final Instant due;
        final long order;
        final Runnable task;

        Timer(Instant due, long order, Runnable task) {
            this.due = due;
            this.order = order;
            this.task = task;
        }
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(
            Comparator.comparing((Timer timer) -> timer.due).thenComparingLong(timer -> timer.order));
    private Instant now;
    private long scheduled;

    public ManualTime(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized long nanoTime() {
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable task) {
        var timer = new Timer(now.plus(delay), scheduled++, task);
        timers.add(timer);
        return () -> {
            synchronized (this) {
                timers.remove(timer);
            }
        };
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        var done = new Object() {
            boolean value;
        };
        synchronized (this) {
            schedule(duration, () -> {
                synchronized (this) {
                    done.value = true;
                    notifyAll();
                }
            });
            while (!done.value) {
                wait();
            }
        }
    }

    /** Moves the clock, running every timer that falls due on the way at its own moment. */
    public void advance(Duration step) {
        Instant target = now().plus(step);
        while (true) {
            Timer next;
            synchronized (this) {
                next = timers.peek();
                if (next == null || next.due.isAfter(target)) {
                    now = target;
                    return;
                }
                timers.poll();
                now = next.due.isAfter(now) ? next.due : now;
            }
            next.task.run();
        }
    }
}
