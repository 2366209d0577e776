package io.kubespring.client.controller;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.queue.WorkQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works a queue with at most {@code workers} tasks at a time. Tasks exist only while there is work, so an idle controller
 * holds no thread, and a test's single-threaded executor runs everything in a known order.
 */
public final class Controller<R> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private final String name;
    private final WorkQueue<R> queue;
    private final Reconciler<R> reconciler;
    private final int workers;
    private final Executor executor;
    private final Counter errors;
    private int running;
    private boolean started;
    private boolean closed;

    public Controller(
            String name,
            int workers,
            Reconciler<R> reconciler,
            Executor executor,
            TimeSource time,
            MeterRegistry metrics) {
        this.name = name;
        this.workers = workers;
        this.reconciler = reconciler;
        this.executor = executor;
        this.queue = new WorkQueue<>(name, time, metrics);
        this.errors = Counter.builder("controller_runtime_reconcile_errors_total")
                .tag("controller", name)
                .register(metrics);
        queue.onReady(this::dispatch);
    }

    public String name() {
        return name;
    }

    /** Where handlers put requests; they wait there until the controller is started. */
    public WorkQueue<R> queue() {
        return queue;
    }

    public void start() {
        int tasks;
        synchronized (this) {
            started = true;
            tasks = Math.min(workers, queue.size());
        }
        for (int i = 0; i < tasks; i++) {
            dispatch();
        }
    }

    private void dispatch() {
        synchronized (this) {
            if (!started || closed || running >= workers) {
                return;
            }
            running++;
        }
        executor.execute(this::work);
    }

    private void work() {
        while (true) {
            R request;
            synchronized (this) {
                // Deciding to stop under the lock that dispatch takes: no item is left without a worker.
                request = closed ? null : queue.poll();
                if (request == null) {
                    running--;
                    return;
                }
            }
            try {
                reconcile(request);
            } finally {
                queue.done(request);
            }
        }
    }

    private void reconcile(R request) {
        try {
            Result result = reconciler.reconcile(request);
            queue.forget(request);
            if (result.requeueAfter() != null) {
                queue.addAfter(request, result.requeueAfter());
            }
        } catch (RuntimeException | Error failure) {
            errors.increment();
            report(request, failure);
            queue.addRateLimited(request);
        }
    }

    private void report(R request, Throwable failure) {
        if (failure instanceof StatusException status
                && (status.reason() == StatusReason.CONFLICT || status.reason() == StatusReason.NOT_FOUND)) {
            LOG.debug("{}: {}: {}", name, request, failure.getMessage());
        } else if (failure instanceof StatusException) {
            LOG.warn("{}: {}: {}", name, request, failure.getMessage());
        } else {
            LOG.warn("{}: {} failed", name, request, failure);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        queue.close();
    }
}
