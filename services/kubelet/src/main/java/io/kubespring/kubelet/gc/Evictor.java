package io.kubespring.kubelet.gc;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.event.EventReason;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.node.NodePressure;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.resources.PodCgroups;
import io.kubespring.kubelet.resources.PodRequests;
import io.kubespring.kubelet.worker.PodWorkers;
import java.io.IOException;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends one Pod when memory has run short ("Node-pressure Eviction"): first those that use more than they asked for, then by
 * priority, then by how much more. Static Pods and critical ones are spared.
 */
public final class Evictor {

    private static final Logger LOG = LoggerFactory.getLogger(Evictor.class);
    private static final int CRITICAL_PRIORITY = 2_000_000_000;

    private record Candidate(Pod pod, long excess) {
        boolean exceeds() {
            return excess > 0;
        }

        int priority() {
            return Objects.requireNonNullElse(pod.getSpec().getPriority(), 0);
        }
    }

    private final NodePressure pressure;
    private final PodWorkers workers;
    private final PodCgroups cgroups;
    private final PodEvents events;

    public Evictor(NodePressure pressure, PodWorkers workers, PodCgroups cgroups, PodEvents events) {
        this.pressure = pressure;
        this.workers = workers;
        this.cgroups = cgroups;
        this.events = events;
    }

    /** One round: at most one Pod, so that the next round sees what that gained. */
    public void relieve() {
        if (!pressure.memory()) {
            return;
        }
        Optional<Candidate> chosen = workers.active().stream()
                .filter(pod -> !Pods.isDeleted(pod) && !Pods.isStatic(pod))
                .map(pod -> new Candidate(pod, usage(pod) - PodRequests.memoryBytes(pod)))
                .filter(candidate -> candidate.priority() < CRITICAL_PRIORITY)
                .min(Comparator.comparing((Candidate candidate) -> !candidate.exceeds())
                        .thenComparingInt(Candidate::priority)
                        .thenComparing(
                                Comparator.comparingLong(Candidate::excess).reversed()));
        chosen.ifPresent(candidate -> {
            String message =
                    "The node was low on resource: memory. Available: " + pressure.memoryAvailable() / 1024 + "Ki. ";
            LOG.warn("{}: evicted, memory is short", Pods.key(candidate.pod));
            events.warning(candidate.pod, null, EventReason.EVICTED, message);
            workers.fail(Pods.uid(candidate.pod), "Evicted", message);
        });
    }

    private long usage(Pod pod) {
        try {
            return cgroups.cgroups().usage(cgroups.path(pod)).workingSetBytes();
        } catch (IOException gone) {
            return 0;
        }
    }
}
