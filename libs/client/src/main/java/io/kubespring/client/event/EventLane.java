package io.kubespring.client.event;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the events of some objects one after the other, on a task that exists only while there are any. While the server
 * cannot be reached the first is tried again, 12 times 10 s apart as client-go does; what the server refuses is dropped.
 * The recorder bounds how much waits in all lanes together.
 */
final class EventLane {

    private static final Logger LOG = LoggerFactory.getLogger(EventLane.class);
    private static final int MAX_TRIES = 12;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

    private final ConcurrentLinkedQueue<PendingEvent> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final EventWriter writer;
    private final Executor executor;
    private final TimeSource time;
    private final EventCorrelator correlator;
    private final Counter dropped;
    private final Semaphore room;

    /** @param room a permit of which comes with each event and is given back here */
    EventLane(EventWriter writer, Executor executor, TimeSource time, Counter dropped, Semaphore room) {
        this.writer = writer;
        this.executor = executor;
        this.time = time;
        this.correlator = new EventCorrelator(time);
        this.dropped = dropped;
        this.room = room;
    }

    void add(PendingEvent event) {
        queue.add(event);
        if (draining.compareAndSet(false, true)) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        do {
            for (PendingEvent next = queue.poll(); next != null; next = queue.poll()) {
                var decision = correlator.correlate(next.about(), next.type(), next.reason(), next.message());
                if (!written(next, decision, 1)) {
                    return;
                }
            }
            draining.set(false);
        } while (!queue.isEmpty() && draining.compareAndSet(false, true));
    }

    /** @return false where it is to be tried again later: the lane stays taken until then */
    private boolean written(PendingEvent event, EventCorrelator.Decision decision, int attempt) {
        try {
            if (!writer.write(event, decision, correlator)) {
                dropped.increment();
            }
        } catch (RuntimeException failure) {
            if (!(failure instanceof StatusException) && attempt < MAX_TRIES) {
                time.schedule(
                        BETWEEN_TRIES,
                        () -> executor.execute(() -> {
                            if (written(event, decision, attempt + 1)) {
                                drain();
                            }
                        }));
                return false;
            }
            dropped.increment();
            LOG.warn(
                    "{}/{}: event {} not written: {}",
                    event.about().getNamespace(),
                    event.about().getName(),
                    event.reason(),
                    failure.toString());
        }
        room.release();
        return true;
    }
}
