package io.kubespring.client.queue;

import io.kubespring.api.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * client-go's work queue. Invariants: an item waits at most once; an item is never given to two workers at a time; an
 * item added while it is worked on waits again once it is {@link #done}. Of two delays of one item the earlier counts.
 */
public final class WorkQueue<K> implements AutoCloseable {

    private record Delayed(long dueNanos, TimeSource.Cancellable timer) {}

    private final TimeSource time;
    private final WorkQueueMetrics metrics;
    private final RateLimiter<K> limiter;
    private final ArrayDeque<K> waiting = new ArrayDeque<>();
    private final Set<K> dirty = new HashSet<>();
    private final Map<K, Long> addedAt = new HashMap<>();
    private final Map<K, Long> startedAt = new HashMap<>();
    private final Map<K, Delayed> delayed = new HashMap<>();
    private Runnable onReady = () -> {};
    private boolean closed;

    public WorkQueue(String name, TimeSource time, MeterRegistry registry) {
        this.time = time;
        this.limiter = new RateLimiter<>(time);
        this.metrics = new WorkQueueMetrics(registry, name);
        metrics.gauge("workqueue_depth", this::size);
        metrics.gauge("workqueue_unfinished_work_seconds", this::unfinishedSeconds);
        metrics.gauge("workqueue_longest_running_processor_seconds", this::longestSeconds);
    }

    /** @param listener called, outside the queue's lock, whenever an item becomes ready; must not block */
    public synchronized void onReady(Runnable listener) {
        onReady = listener;
    }

    public void add(K item) {
        Runnable notify;
        synchronized (this) {
            if (closed || !dirty.add(item)) {
                return;
            }
            metrics.adds.increment();
            addedAt.putIfAbsent(item, time.nanoTime());
            if (startedAt.containsKey(item)) {
                return;
            }
            waiting.add(item);
            notifyAll();
            notify = onReady;
        }
        notify.run();
    }

    public void addAfter(K item, Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            add(item);
            return;
        }
        synchronized (this) {
            if (closed) {
                return;
            }
            long due = time.nanoTime() + delay.toNanos();
            Delayed before = delayed.get(item);
            if (before != null) {
                if (before.dueNanos - due <= 0) {
                    return;
                }
                before.timer.cancel();
            }
            delayed.put(item, new Delayed(due, time.schedule(delay, () -> elapsed(item, due))));
        }
    }

    private void elapsed(K item, long due) {
        synchronized (this) {
            Delayed current = delayed.get(item);
            if (current == null || current.dueNanos != due) {
                return;
            }
            delayed.remove(item);
        }
        add(item);
    }

    /** Adds after a delay that grows with each call for the item until {@link #forget}. */
    public void addRateLimited(K item) {
        Duration delay;
        synchronized (this) {
            metrics.retries.increment();
            delay = limiter.next(item);
        }
        addAfter(item, delay);
    }

    public synchronized void forget(K item) {
        limiter.forget(item);
    }

    /** How often the item was added rate-limited since it was last forgotten. */
    public synchronized int requeues(K item) {
        return limiter.requeues(item);
    }

    /** Takes an item, which must be given back with {@link #done}; null where none is ready. */
    public synchronized @Nullable K poll() {
        K item = waiting.poll();
        if (item == null) {
            return null;
        }
        dirty.remove(item);
        long now = time.nanoTime();
        Long added = addedAt.remove(item);
        metrics.queueDuration.record((now - (added == null ? now : added)) / 1e9);
        startedAt.put(item, now);
        return item;
    }

    /** Waits for an item; null once the queue is closed and empty. */
    public synchronized @Nullable K take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return poll();
    }

    public void done(K item) {
        Runnable notify;
        synchronized (this) {
            Long started = startedAt.remove(item);
            if (started != null) {
                metrics.workDuration.record((time.nanoTime() - started) / 1e9);
            }
            if (!dirty.contains(item)) {
                return;
            }
            waiting.add(item);
            notifyAll();
            notify = onReady;
        }
        notify.run();
    }

    /** How many items are ready and not being worked on. */
    public synchronized int size() {
        return waiting.size();
    }

    private synchronized double unfinishedSeconds() {
        long now = time.nanoTime();
        return startedAt.values().stream().mapToLong(start -> now - start).sum() / 1e9;
    }

    private synchronized double longestSeconds() {
        long now = time.nanoTime();
        return startedAt.values().stream().mapToLong(start -> now - start).max().orElse(0) / 1e9;
    }

    /** Takes no more items; what waits can still be polled. */
    @Override
    public synchronized void close() {
        closed = true;
        delayed.values().forEach(each -> each.timer.cancel());
        delayed.clear();
        notifyAll();
    }
}
