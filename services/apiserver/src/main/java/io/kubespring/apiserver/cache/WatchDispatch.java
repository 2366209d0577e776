package io.kubespring.apiserver.cache;

import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves the watchers that named no place of their own, away from the thread that feeds the cache, with a
 * {@link GatheringPause} after each round.
 */
final class WatchDispatch implements WatchTurns {

    private final TimeSource time;
    private final Executor executor;
    private final ConcurrentLinkedQueue<Runnable> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final GatheringPause pause;

    WatchDispatch(TimeSource time, Executor executor) {
        this.time = time;
        this.executor = executor;
        pause = new GatheringPause(time);
    }

    @Override
    public void add(Runnable delivery) {
        ready.add(delivery);
    }

    @Override
    public void start() {
        if (ready.isEmpty() || !planned.compareAndSet(false, true)) {
            return;
        }
        long wait = pause.left();
        if (wait <= 0) {
            executor.execute(this::round);
        } else {
            time.schedule(Duration.ofNanos(wait), () -> executor.execute(this::round));
        }
    }

    /** In place: whoever asks takes what there is. */
    @Override
    public void resume(Runnable delivery, boolean much) {
        delivery.run();
    }

    private void round() {
        planned.set(false);
        int count = 0;
        for (Runnable delivery = ready.poll(); delivery != null; delivery = ready.poll()) {
            delivery.run();
            count++;
        }
        pause.after(count);
    }
}
