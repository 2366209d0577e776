package io.kubespring.client.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Turns decisions into requests, of which it waits for each. Safe for threads. */
final class EventWriter {

    private final KubeClient client;
    private final String component;
    private final String host;
    private final AtomicLong lastNanos = new AtomicLong();

    EventWriter(KubeClient client, String component, String host) {
        this.client = client;
        this.component = component;
        this.host = host;
    }

    /** @return whether it was not dropped */
    boolean write(PendingEvent pending, EventCorrelator.Decision decision, EventCorrelator correlator) {
        switch (decision) {
            case EventCorrelator.Drop ignored -> {
                return false;
            }
            case EventCorrelator.Create create -> create(pending, create.key(), create.message(), 1, correlator);
            case EventCorrelator.Count count -> raise(pending, count, correlator);
        }
        return true;
    }

    private void create(
            PendingEvent pending, EventCorrelator.Key key, String message, int count, EventCorrelator correlator) {
        Event event = build(pending, message, count);
        event = client.resources(Event.class).create(event).block();
        if (event != null) {
            correlator.created(key, event.getMetadata().getName());
        }
    }

    private void raise(PendingEvent pending, EventCorrelator.Count count, EventCorrelator correlator) {
        var patch = Map.of(
                "count", count.count(),
                "message", count.message(),
                "lastTimestamp", Times.seconds(pending.at()));
        try {
            client.resources(Event.class)
                    .inNamespace(pending.namespace())
                    .patch(count.name(), PatchType.STRATEGIC, patch)
                    .block();
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND) {
                throw failure;
            }
            create(pending, count.key(), count.message(), count.count(), correlator);
        }
    }

    private Event build(PendingEvent pending, String message, int count) {
        String at = Times.seconds(pending.at());
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(pending.namespace())
                .withName(pending.about().getName() + "." + Long.toHexString(uniqueNanos(pending.at())))
                .endMetadata()
                .withInvolvedObject(pending.about())
                .withType(pending.type())
                .withReason(pending.reason())
                .withMessage(message)
                .withNewSource(component, host.isEmpty() ? null : host)
                .withReportingComponent(component)
                .withReportingInstance(host)
                .withFirstTimestamp(at)
                .withLastTimestamp(at)
                .withCount(count)
                .build();
    }

    /** Makes names unique where the clock stands still. */
    private long uniqueNanos(Instant at) {
        long nanos = at.getEpochSecond() * 1_000_000_000L + at.getNano();
        return lastNanos.updateAndGet(last -> Math.max(last + 1, nanos));
    }
}
