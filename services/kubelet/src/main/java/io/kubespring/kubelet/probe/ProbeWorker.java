package io.kubespring.kubelet.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.event.EventReason;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.state.PodState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One probe of one container, asked once a period. A verdict changes only when its threshold of equal answers is reached.
 * After a failed liveness or startup probe it asks no more until the container has been replaced.
 */
final class ProbeWorker {

    private final Pod pod;
    private final Container container;
    private final ProbeKind kind;
    private final Probe probe;
    private final Prober prober;
    private final ProbeResults results;
    private final PodEvents events;
    private final TimeSource time;
    private final Supplier<PodState> state;
    private final Supplier<String> podIp;
    private final Runnable changed;

    private String containerId = "";
    private boolean held;
    private @Nullable Boolean lastAnswer;
    private int sameAnswers;

    ProbeWorker(
            Pod pod,
            Container container,
            ProbeKind kind,
            Probe probe,
            Prober prober,
            ProbeResults results,
            PodEvents events,
            TimeSource time,
            Supplier<PodState> state,
            Supplier<String> podIp,
            Runnable changed) {
        this.pod = pod;
        this.container = container;
        this.kind = kind;
        this.probe = probe;
        this.prober = prober;
        this.results = results;
        this.events = events;
        this.time = time;
        this.state = state;
        this.podIp = podIp;
        this.changed = changed;
    }

    Duration period() {
        return Duration.ofSeconds(number(probe.getPeriodSeconds(), 10));
    }

    /** Until when the container must run before it is asked; zero where it may be asked. */
    Duration initialDelay() {
        return Duration.ofSeconds(number(probe.getInitialDelaySeconds(), 0));
    }

    /** One round; called by one thread. */
    void round() {
        ContainerInfo current = state.get().container(container.getName());
        if (current == null) {
            return;
        }
        if (!current.id().equals(containerId)) {
            begin(current);
        }
        if (held) {
            return;
        }
        if (!current.isRunning()) {
            if (kind != ProbeKind.LIVENESS) {
                publish(false);
            }
            return;
        }
        Instant started = Instant.EPOCH.plusNanos(current.status().getStartedAt());
        if (time.now().isBefore(started.plus(initialDelay())) || !due(current)) {
            return;
        }
        ask(current);
    }

    private void begin(ContainerInfo current) {
        if (!containerId.isEmpty()) {
            results.remove(containerId, kind);
        }
        containerId = current.id();
        held = false;
        lastAnswer = null;
        sameAnswers = 0;
        if (kind != ProbeKind.STARTUP) {
            publish(kind.initial());
        }
    }

    /** Other probes wait for the startup probe's success; that one ends with it. */
    private boolean due(ContainerInfo current) {
        boolean started = Boolean.TRUE.equals(results.startup(current.id()));
        if (kind == ProbeKind.STARTUP) {
            return !started;
        }
        return container.getStartupProbe() == null || started;
    }

    private void ask(ContainerInfo current) {
        Duration timeout = Duration.ofSeconds(number(probe.getTimeoutSeconds(), 1));
        Prober.Outcome outcome = prober.probe(probe, container, current.id(), podIp.get(), timeout);
        if (!outcome.success()) {
            String what = outcome.error()
                    ? " probe errored and resulted in unknown state: " + outcome.output()
                    : " probe failed: " + outcome.output();
            events.warning(pod, container, EventReason.UNHEALTHY, kind.text() + what);
        }
        if (Objects.equals(lastAnswer, outcome.success())) {
            sameAnswers++;
        } else {
            lastAnswer = outcome.success();
            sameAnswers = 1;
        }
        int threshold =
                outcome.success() ? number(probe.getSuccessThreshold(), 1) : number(probe.getFailureThreshold(), 3);
        if (sameAnswers < threshold) {
            return;
        }
        publish(outcome.success());
        if (!outcome.success() && kind != ProbeKind.READINESS) {
            held = true;
        }
    }

    private void publish(boolean success) {
        if (results.set(containerId, kind, success)) {
            changed.run();
        }
    }

    void end() {
        if (!containerId.isEmpty()) {
            results.remove(containerId, kind);
        }
    }

    private static int number(@Nullable Integer value, int otherwise) {
        return value == null || value == 0 ? otherwise : value;
    }
}
