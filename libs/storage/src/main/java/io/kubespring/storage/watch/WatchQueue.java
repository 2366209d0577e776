package io.kubespring.storage.watch;

import io.kubespring.storage.Store.Batch;
import io.kubespring.storage.Store.Event;
import io.kubespring.storage.StoreException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One watcher: a bounded queue between the publisher and a subscriber that asks for batches at its own pace. Batches
 * without events only move the revision, so of several in a row the last one is kept.
 */
public final class WatchQueue implements Subscription {

    private static final int MAX_QUEUED_EVENTS = 65_536;
    private static final long MAX_QUEUED_BYTES = 64L << 20;

    private final String prefix;
    private final Subscriber<? super Batch> subscriber;
    private final Consumer<WatchQueue> onEnd;
    private final ArrayDeque<Batch> queue = new ArrayDeque<>();
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private int queuedEvents;
    private long queuedBytes;
    private @Nullable Throwable failure;
    private volatile boolean ended;

    /** @param onEnd called once, when nothing more will be delivered */
    public WatchQueue(String prefix, Subscriber<? super Batch> subscriber, Consumer<WatchQueue> onEnd) {
        this.prefix = prefix;
        this.subscriber = subscriber;
        this.onEnd = onEnd;
    }

    public String prefix() {
        return prefix;
    }

    /** Queues without delivering, so that the caller may hold its lock. */
    public void offer(Batch batch) {
        synchronized (queue) {
            if (failure != null) {
                return;
            }
            Batch last = queue.peekLast();
            if (last != null && last.events().isEmpty()) {
                queue.pollLast();
            }
            queue.add(batch);
            queuedEvents += batch.events().size();
            queuedBytes += bytes(batch);
            if (queuedEvents > MAX_QUEUED_EVENTS || queuedBytes > MAX_QUEUED_BYTES) {
                queue.clear();
                failure = new StoreException.SlowWatcher();
            }
        }
    }

    public void fail(Throwable reason) {
        synchronized (queue) {
            failure = failure == null ? reason : failure;
        }
        drain();
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            fail(new IllegalArgumentException("request of " + count));
            return;
        }
        requested.accumulateAndGet(count, (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
        drain();
    }

    @Override
    public void cancel() {
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            onEnd.accept(this);
        }
    }

    /** Delivers what is queued and wanted; of several callers at once one works for all. */
    public void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            deliver();
            missed = work.addAndGet(-missed);
        } while (missed != 0);
    }

    private void deliver() {
        while (!ended) {
            Batch next;
            Throwable error;
            synchronized (queue) {
                next = requested.get() > 0 ? queue.poll() : null;
                queuedEvents -= next == null ? 0 : next.events().size();
                queuedBytes -= next == null ? 0 : bytes(next);
                error = queue.isEmpty() && next == null ? failure : null;
            }
            if (error != null) {
                end();
                subscriber.onError(error);
            } else if (next == null) {
                return;
            } else {
                requested.decrementAndGet();
                subscriber.onNext(next);
            }
        }
    }

    private static long bytes(Batch batch) {
        long bytes = 0;
        for (Event event : batch.events()) {
            byte[] value = event.value();
            bytes += value == null ? 0 : value.length;
        }
        return bytes;
    }

    /** Whether the subscriber has gone or has been told of a failure. */
    public boolean ended() {
        return ended;
    }

    public static Batch progress(long revision) {
        return new Batch(List.of(), revision);
    }
}
