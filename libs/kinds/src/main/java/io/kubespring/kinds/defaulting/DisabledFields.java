package io.kubespring.kinds.defaulting;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields that 1.36 knows but does not serve unless a feature is switched on (or no longer at all): they are dropped in
 * silence, unless the object has them already. Those of Pods are in {@link io.kubespring.kinds.pod.DisabledPodFields}.
 */
public final class DisabledFields {

    private static final Map<String, List<JsonPointer>> BY_KIND = Map.of(
            "Node", List.of(JsonPointer.compile("/spec/configSource"), JsonPointer.compile("/status/config")),
            "CSIDriver", List.of(JsonPointer.compile("/spec/preventPodSchedulingIfMissing")),
            "Lease", List.of(JsonPointer.compile("/spec/strategy"), JsonPointer.compile("/spec/preferredHolder")),
            "StatefulSet", List.of(JsonPointer.compile("/spec/updateStrategy/rollingUpdate/maxUnavailable")));

    private DisabledFields() {}

    /** @param current the object before, or a missing node */
    public static void drop(String kind, ObjectNode next, JsonNode current) {
        for (JsonPointer field : BY_KIND.getOrDefault(kind, List.of())) {
            if (next.at(field.head()) instanceof ObjectNode parent
                    && parent.has(field.last().getMatchingProperty())
                    && current.at(field).isMissingNode()) {
                parent.remove(field.last().getMatchingProperty());
            }
        }
    }
}
