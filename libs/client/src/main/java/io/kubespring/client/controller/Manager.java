package io.kubespring.client.controller;

import io.kubespring.api.time.TimeSource;
import io.kubespring.client.informer.Informers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts informers, waits until their copies are complete, then starts the controllers: no reconciler ever sees a copy
 * that was not complete once.
 */
public final class Manager implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Manager.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final TimeSource time;
    private final Executor executor;
    private final List<Informers> informers = new CopyOnWriteArrayList<>();
    private final List<Controller<?>> controllers = new CopyOnWriteArrayList<>();
    private final List<Runnable> afterSync = new CopyOnWriteArrayList<>();
    private final List<Runnable> onClose = new CopyOnWriteArrayList<>();
    private volatile boolean running;
    private volatile boolean closed;

    public Manager(TimeSource time, Executor executor) {
        this.time = time;
        this.executor = executor;
    }

    public Manager add(Informers factory) {
        informers.add(factory);
        return this;
    }

    public Manager add(Controller<?> controller) {
        controllers.add(controller);
        return this;
    }

    /** @param task run once, when everything is synced, before the controllers start; must not block */
    public Manager afterSync(Runnable task) {
        afterSync.add(task);
        return this;
    }

    /** @param task run when this manager is closed */
    public Manager onClose(Runnable task) {
        onClose.add(task);
        return this;
    }

    /** @param task run every {@code period} from when the controllers start; never beside itself; may block */
    public Manager every(Duration period, String name, Runnable task) {
        afterSync.add(() -> runPeriodically(period, name, task));
        return this;
    }

    private void submit(Runnable task) {
        if (!closed) {
            executor.execute(task);
        }
    }

    private void runPeriodically(Duration period, String name, Runnable task) {
        submit(() -> {
            if (closed) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                LOG.warn("{} failed, again in {} s", name, period.toSeconds(), failure);
            }
            time.schedule(period, () -> runPeriodically(period, name, task));
        });
    }

    public void start() {
        informers.forEach(Informers::start);
        executor.execute(this::startWhenSynced);
    }

    private void startWhenSynced() {
        if (closed || running) {
            return;
        }
        if (!informersSynced()) {
            time.schedule(POLL, () -> submit(this::startWhenSynced));
            return;
        }
        for (Runnable task : afterSync) {
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                LOG.error("a task after the informers' sync failed", failure);
            }
        }
        controllers.forEach(Controller::start);
        running = true;
        LOG.info("informers synced, {} controllers started", controllers.size());
    }

    public boolean informersSynced() {
        return informers.stream().allMatch(Informers::hasSynced);
    }

    /** Whether the controllers run. */
    public boolean running() {
        return running && !closed;
    }

    @Override
    public void close() {
        closed = true;
        controllers.forEach(Controller::close);
        informers.forEach(Informers::close);
        onClose.forEach(Runnable::run);
    }
}
