package io.kubespring.storage.embedded;

import io.kubespring.storage.Store.Batch;
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
final class StoreWatch implements Subscription {

    private static final int MAX_QUEUED_EVENTS = 65_536;

    private final String prefix;
    private final Subscriber<? super Batch> subscriber;
    private final Consumer<StoreWatch> onEnd;
    private final ArrayDeque<Batch> queue = new ArrayDeque<>();
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private int queuedEvents;
    private @Nullable Throwable failure;
    private volatile boolean ended;

    StoreWatch(String prefix, Subscriber<? super Batch> subscriber, Consumer<StoreWatch> onEnd) {
        this.prefix = prefix;
        this.subscriber = subscriber;
        this.onEnd = onEnd;
    }

    String prefix() {
        return prefix;
    }

    /** Queues without delivering, so that the caller may hold its lock. */
    void offer(Batch batch) {
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
            if (queuedEvents > MAX_QUEUED_EVENTS) {
                queue.clear();
                failure = new StoreException.SlowWatcher();
            }
        }
    }

    void fail(Throwable reason) {
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
    void drain() {
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

    static final Batch progress(long revision) {
        return new Batch(List.of(), revision);
    }
}
