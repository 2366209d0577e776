package io.kubespring.storage.embedded;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one task whenever it is signalled, never twice at once, and again if a signal came while it ran. With a direct
 * executor the signalling thread does the work; a signal from inside the task returns at once.
 */
final class Serial {

    private static final Logger LOG = LoggerFactory.getLogger(Serial.class);

    private final Executor executor;
    private final Runnable task;
    private final AtomicInteger signals = new AtomicInteger();

    Serial(Executor executor, Runnable task) {
        this.executor = executor;
        this.task = task;
    }

    void signal() {
        if (signals.getAndIncrement() == 0) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException closed) {
                // The store is closing; it answers what is left itself.
            }
        }
    }

    private void run() {
        int seen = 1;
        do {
            runGuarded();
            seen = signals.addAndGet(-seen);
        } while (seen != 0);
    }

    /** A task that throws is a defect; it must not keep all later signals from being heard. */
    private void runGuarded() {
        try {
            task.run();
        } catch (RuntimeException defect) {
            LOG.error("The store's work failed", defect);
        }
    }
}
