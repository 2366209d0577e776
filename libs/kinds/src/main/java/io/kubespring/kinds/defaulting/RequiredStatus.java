package io.kubespring.kinds.defaulting;

import static java.util.Map.entry;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a status always has, be it empty: upstream's types require it, so clients find it from the start. */
public final class RequiredStatus {

    private static final Map<GroupVersionKind, ObjectNode> BY_KIND = Map.ofEntries(
            counters("v1", "ReplicationController", "replicas"),
            counters("apps/v1", "ReplicaSet", "replicas"),
            counters("apps/v1", "StatefulSet", "replicas", "availableReplicas"),
            counters(
                    "apps/v1",
                    "DaemonSet",
                    "currentNumberScheduled",
                    "numberMisscheduled",
                    "desiredNumberScheduled",
                    "numberReady"),
            counters("autoscaling/v1", "HorizontalPodAutoscaler", "currentReplicas", "desiredReplicas"),
            entry(
                    kind("autoscaling/v2", "HorizontalPodAutoscaler"),
                    Json.object().put("desiredReplicas", 0).putNull("currentMetrics")),
            counters(
                    "policy/v1",
                    "PodDisruptionBudget",
                    "disruptionsAllowed",
                    "currentHealthy",
                    "desiredHealthy",
                    "expectedPods"),
            entry(kind("networking.k8s.io/v1", "Ingress"), Json.object().set("loadBalancer", Json.object())),
            entry(kind("storage.k8s.io/v1", "VolumeAttachment"), Json.object().put("attached", false)),
            entry(
                    kind("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
                    Json.object()
                            .putNull("conditions")
                            .set(
                                    "acceptedNames",
                                    Json.object().put("plural", "").put("kind", ""))));

    private RequiredStatus() {}

    private static GroupVersionKind kind(String apiVersion, String kind) {
        return GroupVersionKind.of(apiVersion, kind);
    }

    private static Map.Entry<GroupVersionKind, ObjectNode> counters(String apiVersion, String kind, String... names) {
        ObjectNode zeros = Json.object();
        List.of(names).forEach(each -> zeros.put(each, 0));
        return entry(kind(apiVersion, kind), zeros);
    }

    /** Puts what is missing in a status of that kind. */
    public static void fill(GroupVersionKind kind, ObjectNode status) {
        @Nullable ObjectNode required = BY_KIND.get(kind);
        if (required == null) {
            return;
        }
        for (var each : required.properties()) {
            if (!status.hasNonNull(each.getKey())) {
                status.set(each.getKey(), each.getValue().deepCopy());
            }
        }
    }
}
