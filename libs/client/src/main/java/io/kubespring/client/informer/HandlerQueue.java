package io.kubespring.client.informer;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands one handler its notifications, in order, on a task of the executor that exists only while there are any.
 * Bounded: the informer waits for a handler that is {@link #CAPACITY} notifications behind. A handler that throws is
 * logged and goes on with the next. Once closed, nothing more is handed over and nobody waits.
 */
final class HandlerQueue<T> {

    static final int CAPACITY = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(HandlerQueue.class);

    private final LinkedBlockingQueue<Runnable> pending = new LinkedBlockingQueue<>(CAPACITY);
    private final AtomicBoolean draining = new AtomicBoolean();
    private final EventHandler<T> handler;
    private final Executor executor;
    private final String name;
    private volatile boolean closed;

    HandlerQueue(EventHandler<T> handler, Executor executor, String name) {
        this.handler = handler;
        this.executor = executor;
        this.name = name;
    }

    void added(T object, boolean initial) {
        offer(() -> handler.onAdd(object, initial));
    }

    void updated(T before, T after) {
        offer(() -> handler.onUpdate(before, after));
    }

    void deleted(T last) {
        offer(() -> handler.onDelete(last));
    }

    /** Runs after everything that was queued before. */
    void mark(Runnable reached) {
        offer(reached);
    }

    void close() {
        closed = true;
        pending.clear();
    }

    private void offer(Runnable notification) {
        if (closed) {
            return;
        }
        try {
            pending.put(notification);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return;
        }
        if (draining.compareAndSet(false, true)) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        do {
            for (Runnable next = pending.poll(); next != null; next = pending.poll()) {
                try {
                    if (!closed) {
                        next.run();
                    }
                } catch (RuntimeException | Error failure) {
                    LOG.error("handler of {} failed", name, failure);
                }
            }
            draining.set(false);
        } while (!pending.isEmpty() && draining.compareAndSet(false, true));
    }
}
