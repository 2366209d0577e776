package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;
import static io.kubespring.apimachinery.print.Fields.number;
import static io.kubespring.apimachinery.print.Fields.text;
import static io.kubespring.apimachinery.print.Fields.textOr;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Disruption budgets and quotas. */
final class PolicyColumns {

    private PolicyColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                "policy",
                "PodDisruptionBudget",
                Column.objectName(),
                Column.text("Min Available", "Pods that must stay", it -> textOr("N/A", it, "spec", "minAvailable")),
                Column.text("Max Unavailable", "Pods that may go", it -> textOr("N/A", it, "spec", "maxUnavailable")),
                Column.integer(
                        "Allowed Disruptions",
                        "Pods that may be evicted now",
                        it -> number(it, "status", "disruptionsAllowed")),
                Column.age());
        registry.put(
                "",
                "ResourceQuota",
                Column.objectName(),
                Column.text("Request", "Used and allowed requests and counts", it -> quota(it, false)),
                Column.text("Limit", "Used and allowed limits", it -> quota(it, true)),
                Column.age());
    }

    private static String quota(ObjectNode quota, boolean limits) {
        Map<String, JsonNode> hard = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : at(quota, "status", "hard").properties()) {
            if (each.getKey().startsWith("limits.") == limits) {
                hard.put(each.getKey(), each.getValue());
            }
        }
        return hard.entrySet().stream()
                .map(each -> each.getKey()
                        + ": "
                        + textOr("0", quota, "status", "used", each.getKey())
                        + "/"
                        + text(each.getValue()))
                .collect(Collectors.joining(", "));
    }
}
