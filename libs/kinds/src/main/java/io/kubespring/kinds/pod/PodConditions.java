package io.kubespring.kinds.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a Pod's status and metadata say about its life. */
public final class PodConditions {

    private PodConditions() {}

    /** The condition of that type, or null. */
    public static @Nullable PodCondition find(@Nullable PodStatus status, String type) {
        if (status == null) {
            return null;
        }
        for (PodCondition each : status.getConditions()) {
            if (type.equals(each.getType())) {
                return each;
            }
        }
        return null;
    }

    public static boolean isReady(Pod pod) {
        PodCondition ready = find(pod.getStatus(), "Ready");
        return ready != null && "True".equals(ready.getStatus());
    }

    /** Ready, and has been for at least {@code minReady}: what rolling updates count. */
    public static boolean isAvailable(Pod pod, Duration minReady, Instant now) {
        PodCondition ready = find(pod.getStatus(), "Ready");
        if (ready == null || !"True".equals(ready.getStatus())) {
            return false;
        }
        if (minReady.isZero()) {
            return true;
        }
        String since = ready.getLastTransitionTime();
        return since != null && !Instant.parse(since).plus(minReady).isAfter(now);
    }

    /** Succeeded or Failed: no container runs or will run again. */
    public static boolean isTerminal(Pod pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Neither finished nor on its way out: what a ReplicaSet counts. */
    public static boolean isActive(Pod pod) {
        return !isTerminal(pod) && !isTerminating(pod);
    }

    public static boolean isTerminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    public static boolean isScheduled(Pod pod) {
        return pod.getSpec() != null
                && pod.getSpec().getNodeName() != null
                && !pod.getSpec().getNodeName().isEmpty();
    }

    /** Empty if there is none yet. */
    public static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? ""
                : pod.getStatus().getPhase();
    }
}
