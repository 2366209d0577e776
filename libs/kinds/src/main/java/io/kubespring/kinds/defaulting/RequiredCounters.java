package io.kubespring.kinds.defaulting;

import io.kubespring.api.GroupVersionKind;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Counters that a status always has, zero or not: upstream's types require them, so clients find them from the start. */
public final class RequiredCounters {

    private static final Map<GroupVersionKind, List<String>> BY_KIND = Map.of(
            GroupVersionKind.of("v1", "ReplicationController"),
            List.of("replicas"),
            GroupVersionKind.of("apps/v1", "ReplicaSet"),
            List.of("replicas"),
            GroupVersionKind.of("apps/v1", "StatefulSet"),
            List.of("replicas", "availableReplicas"),
            GroupVersionKind.of("apps/v1", "DaemonSet"),
            List.of("currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady"),
            GroupVersionKind.of("autoscaling/v1", "HorizontalPodAutoscaler"),
            List.of("currentReplicas", "desiredReplicas"),
            GroupVersionKind.of("autoscaling/v2", "HorizontalPodAutoscaler"),
            List.of("desiredReplicas"),
            GroupVersionKind.of("policy/v1", "PodDisruptionBudget"),
            List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"));

    private RequiredCounters() {}

    /** Puts what is missing in a status of that kind. */
    public static void fill(GroupVersionKind kind, ObjectNode status) {
        for (String counter : BY_KIND.getOrDefault(kind, List.of())) {
            Absent.pointer(status, counter, 0);
        }
    }
}
