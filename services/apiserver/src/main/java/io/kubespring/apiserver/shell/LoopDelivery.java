package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.cache.GatheringPause;
import io.kubespring.apiserver.cache.WatchTurns;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves the watchers whose connections belong to one event loop, on that loop. It works for a quantum at a time, and the
 * loop looks at its connections in between: however many watchers have something to get, a request waits for one quantum.
 * What several watchers of one connection are sent within a quantum is flushed together.
 */
final class LoopDelivery implements WatchTurns {

    private static final long QUANTUM_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** After so many watchers or bytes the connections are flushed, and the time is looked at. */
    private static final int FLUSH_WATCHERS = 32;

    private static final int FLUSH_BYTES = 128 << 10;

    private static final FastThreadLocal<LoopDelivery> OF_THREAD = new FastThreadLocal<>();

    private final TimeSource time;
    private final EventLoop loop;
    private final ConcurrentLinkedQueue<Runnable> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final GatheringPause pause;

    /** Of the loop's thread alone, as all that follows. */
    private final Set<Channel> written = new LinkedHashSet<>();

    private int writtenBytes;
    private int served;
    private boolean working;
    private boolean continuing;

    private LoopDelivery(EventLoop loop, TimeSource time) {
        this.loop = loop;
        this.time = time;
        pause = new GatheringPause(time);
    }

    /** To be called on the loop. */
    static LoopDelivery of(EventLoop loop, TimeSource time) {
        LoopDelivery known = OF_THREAD.get();
        if (known == null || known.loop != loop) {
            known = new LoopDelivery(loop, time);
            OF_THREAD.set(known);
        }
        return known;
    }

    @Override
    public void add(Runnable delivery) {
        ready.add(delivery);
    }

    @Override
    public void start() {
        if (planned.get() || !planned.compareAndSet(false, true)) {
            return;
        }
        try {
            long wait = pause.left();
            if (wait <= 0) {
                loop.execute(this::round);
            } else {
                loop.schedule(this::round, wait, TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException stopping) {
            ready.clear(); // and so are the connections
        }
    }

    @Override
    public void resume(Runnable delivery, boolean much) {
        add(delivery);
        if (!much) {
            start();
        } else if (loop.inEventLoop()) {
            goOn();
        } else {
            loop.execute(this::goOn);
        }
    }

    /** Scheduled, not executed: the loop looks at its connections first. */
    private void goOn() {
        if (!continuing) {
            continuing = true;
            loop.schedule(this::round, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void round() {
        planned.set(false);
        continuing = false;
        working = true;
        try {
            work(time.nanoTime() + QUANTUM_NANOS);
        } finally {
            working = false;
        }
        if (ready.isEmpty()) {
            pause.after(served);
            served = 0;
        } else {
            goOn();
        }
    }

    private void work(long until) {
        Runnable delivery = ready.poll();
        while (delivery != null) {
            delivery.run();
            served++;
            if (served % FLUSH_WATCHERS == 0 || writtenBytes >= FLUSH_BYTES) {
                flush();
                if (time.nanoTime() >= until) {
                    return;
                }
            }
            delivery = ready.poll();
        }
        flush();
    }

    private void flush() {
        written.forEach(Channel::flush);
        written.clear();
        writtenBytes = 0;
    }

    /** Has a connection flushed to which something was written: now, or with what else is being written. */
    void wrote(Channel connection, int bytes) {
        if (working) {
            written.add(connection);
            writtenBytes += bytes;
        } else {
            connection.flush();
        }
    }
}
