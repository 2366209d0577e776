package io.kubespring.apiserver.strategies;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code matchLabelKeys} of a new Pod (KEP-3633, KEP-3243): the Pod's own values of those labels become requirements of
 * the selector beside them.
 */
final class PodLabelKeys {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private PodLabelKeys() {}

    static void apply(ObjectNode pod) {
        JsonNode spec = pod.path("spec");
        JsonNode labels = pod.path("metadata").path("labels");
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            JsonNode affinity = spec.path("affinity").path(kind);
            affinity.path(PREFERRED).forEach(each -> apply(each.path("podAffinityTerm"), labels));
            affinity.path(REQUIRED).forEach(each -> apply(each, labels));
        }
        spec.path("topologySpreadConstraints").forEach(each -> apply(each, labels));
    }

    private static void apply(JsonNode holder, JsonNode labels) {
        if (holder.get("labelSelector") instanceof ObjectNode selector) {
            add(selector, "In", holder.path("matchLabelKeys"), labels);
            add(selector, "NotIn", holder.path("mismatchLabelKeys"), labels);
        }
    }

    private static void add(ObjectNode selector, String operator, JsonNode keys, JsonNode labels) {
        for (JsonNode key : keys) {
            JsonNode value = labels.get(key.asString(""));
            if (value != null) {
                ArrayNode requirements = selector.get("matchExpressions") instanceof ArrayNode given
                        ? given
                        : selector.putArray("matchExpressions");
                requirements
                        .addObject()
                        .put("key", key.asString(""))
                        .put("operator", operator)
                        .putArray("values")
                        .add(value);
            }
        }
    }
}
