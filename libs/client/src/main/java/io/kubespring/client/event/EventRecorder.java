package io.kubespring.client.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records core/v1 Events: repeated ones raise the count of the first, many similar ones are combined, chatter about one
 * object is dropped ({@link EventCorrelator} has client-go's figures). Never blocks the caller; what does not fit into the
 * bounded queue, or cannot be written, is counted and dropped.
 */
public final class EventRecorder {

    /** Event types. */
    public static final String NORMAL = "Normal";

    public static final String WARNING = "Warning";

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int CAPACITY = 1000;

    private record Pending(ObjectReference about, String type, String reason, String message, Instant at) {}

    private final KubeClient client;
    private final String component;
    private final String host;
    private final TimeSource time;
    private final Executor executor;
    private final Counter dropped;
    private final EventCorrelator correlator;
    private final ArrayBlockingQueue<Pending> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicBoolean draining = new AtomicBoolean();

    /**
     * @param component "kubelet", "default-scheduler", "deployment-controller", …
     * @param host the node's name, or empty
     */
    public EventRecorder(KubeClient client, String component, String host, Executor executor, MeterRegistry metrics) {
        this.client = client;
        this.component = component;
        this.host = host;
        this.time = client.time();
        this.executor = executor;
        this.correlator = new EventCorrelator(time);
        this.dropped = Counter.builder("events_discarded_total")
                .tag("component", component)
                .register(metrics);
    }

    public void normal(HasMetadata about, String reason, String message) {
        record(References.to(about), NORMAL, reason, message);
    }

    public void warning(HasMetadata about, String reason, String message) {
        record(References.to(about), WARNING, reason, message);
    }

    /** @param about may name a part by fieldPath ("spec.containers{web}") */
    public void record(ObjectReference about, String type, String reason, String message) {
        if (!queue.offer(new Pending(about, type, reason, message, time.now()))) {
            dropped.increment();
            return;
        }
        if (draining.compareAndSet(false, true)) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        do {
            for (Pending next = queue.poll(); next != null; next = queue.poll()) {
                try {
                    write(next);
                } catch (RuntimeException failure) {
                    dropped.increment();
                    LOG.warn(
                            "{}/{}: event {} not written: {}",
                            next.about.getNamespace(),
                            next.about.getName(),
                            next.reason,
                            failure.toString());
                }
            }
            draining.set(false);
        } while (!queue.isEmpty() && draining.compareAndSet(false, true));
    }

    private void write(Pending pending) {
        EventCorrelator.Decision decision =
                correlator.correlate(pending.about, pending.type, pending.reason, pending.message);
        switch (decision) {
            case EventCorrelator.Drop ignored -> dropped.increment();
            case EventCorrelator.Create create -> create(pending, create.key(), create.message(), 1);
            case EventCorrelator.Count count -> raise(pending, count);
        }
    }

    private void create(Pending pending, EventCorrelator.Key key, String message, int count) {
        Event event = build(pending, message, count);
        event = client.resources(Event.class).create(event).block();
        if (event != null) {
            correlator.created(key, event.getMetadata().getName());
        }
    }

    private void raise(Pending pending, EventCorrelator.Count count) {
        var patch = Map.of(
                "count", count.count(),
                "message", count.message(),
                "lastTimestamp", Times.seconds(pending.at));
        try {
            client.resources(Event.class)
                    .inNamespace(namespace(pending.about))
                    .patch(count.name(), PatchType.STRATEGIC, patch)
                    .block();
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND) {
                throw failure;
            }
            create(pending, count.key(), count.message(), count.count());
        }
    }

    private Event build(Pending pending, String message, int count) {
        String at = Times.seconds(pending.at);
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace(pending.about))
                .withName(pending.about.getName() + "." + Long.toHexString(uniqueNanos(pending.at)))
                .endMetadata()
                .withInvolvedObject(pending.about)
                .withType(pending.type)
                .withReason(pending.reason)
                .withMessage(message)
                .withNewSource(component, host.isEmpty() ? null : host)
                .withReportingComponent(component)
                .withReportingInstance(host)
                .withFirstTimestamp(at)
                .withLastTimestamp(at)
                .withCount(count)
                .build();
    }

    private long lastNanos;

    /** Only the one draining task calls this. */
    private long uniqueNanos(Instant at) {
        lastNanos = Math.max(lastNanos + 1, at.getEpochSecond() * 1_000_000_000L + at.getNano());
        return lastNanos;
    }

    private static String namespace(ObjectReference about) {
        String namespace = about.getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }
}
