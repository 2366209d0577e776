package io.kubespring.client.event;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Records core/v1 Events: repeated ones raise the count of the first, many similar ones are combined, chatter about one
 * object is dropped ({@link EventCorrelator} has client-go's figures). Never blocks the caller. Events of one object are
 * written in order; some of different objects are written at a time. What does not fit into the bounded queue, or what
 * the server refuses, is counted and dropped.
 */
public final class EventRecorder {

    /** Event types. */
    public static final String NORMAL = "Normal";

    public static final String WARNING = "Warning";

    private static final int CAPACITY = 20_000;
    private static final int LANES = 8;

    private final TimeSource time;
    private final Counter dropped;
    private final Semaphore room = new Semaphore(CAPACITY);
    private final List<EventLane> lanes;

    /**
     * @param component "kubelet", "default-scheduler", "deployment-controller", …
     * @param host the node's name, or empty
     */
    public EventRecorder(KubeClient client, String component, String host, Executor executor, MeterRegistry metrics) {
        this.time = client.time();
        this.dropped = Counter.builder("events_discarded_total")
                .tag("component", component)
                .register(metrics);
        var writer = new EventWriter(client, component, host);
        this.lanes = Stream.generate(() -> new EventLane(writer, executor, time, dropped, room))
                .limit(LANES)
                .toList();
    }

    public void normal(HasMetadata about, String reason, String message) {
        record(References.to(about), NORMAL, reason, message);
    }

    public void warning(HasMetadata about, String reason, String message) {
        record(References.to(about), WARNING, reason, message);
    }

    /** @param about may name a part by fieldPath ("spec.containers{web}") */
    public void record(ObjectReference about, String type, String reason, String message) {
        if (!room.tryAcquire()) {
            dropped.increment();
            return;
        }
        int object = Objects.hash(about.getKind(), about.getNamespace(), about.getName(), about.getUid());
        lanes.get(lane(object)).add(new PendingEvent(about, type, reason, message, time.now()));
    }

    /** By the best mixed bits: names and UIDs that differ alike must not all meet in one lane. */
    private static int lane(int object) {
        return Math.floorMod((object * 0x9E37_79B9) >>> 16, LANES);
    }
}
