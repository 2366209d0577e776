package io.kubespring.api.time;

import java.time.Duration;

/** Re-arms a one-shot timer after each run; a run that throws does not end the series. */
final class RepeatingTimer implements TimeSource.Cancellable {

    private final TimeSource time;
    private final Duration period;
    private final Runnable task;
    private volatile boolean cancelled;
    private volatile TimeSource.Cancellable pending;

    RepeatingTimer(TimeSource time, Duration initialDelay, Duration period, Runnable task) {
        this.time = time;
        this.period = period;
        this.task = task;
        this.pending = time.schedule(initialDelay, this::run);
    }

    private void run() {
        if (cancelled) {
            return;
        }
        try {
            task.run();
        } finally {
            if (!cancelled) {
                pending = time.schedule(period, this::run);
            }
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        pending.cancel();
    }
}
