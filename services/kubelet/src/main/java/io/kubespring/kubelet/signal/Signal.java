package io.kubespring.kubelet.signal;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Wakes one waiting thread, now or after a while; several wake-ups before it looks are one. */
public final class Signal {

    private final TimeSource time;
    private final Semaphore permits = new Semaphore(0);

    public Signal(TimeSource time) {
        this.time = time;
    }

    public void raise() {
        permits.release();
    }

    /** @param most after which to go on without a signal, or null to wait for one */
    public void await(@Nullable Duration most) throws InterruptedException {
        TimeSource.Cancellable timer = most == null ? null : time.schedule(most, this::raise);
        try {
            permits.acquire();
            permits.drainPermits();
        } finally {
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
