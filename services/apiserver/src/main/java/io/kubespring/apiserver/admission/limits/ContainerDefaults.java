package io.kubespring.apiserver.admission.limits;

import io.kubespring.api.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives containers the requests and limits that a LimitRange has for those that say nothing, and notes it on the pod. */
final class ContainerDefaults {

    private static final String ANNOTATION = "kubernetes.io/limit-ranger";

    private ContainerDefaults() {}

    static void apply(ObjectNode pod, List<LimitRule> rules) {
        Quantities requests = Quantities.NONE;
        Quantities limits = Quantities.NONE;
        for (LimitRule rule : rules) {
            if (rule.type().equals("Container")) {
                requests = rule.defaultRequest().withDefaults(requests);
                limits = rule.defaultLimit().withDefaults(limits);
            }
        }
        var notes = new ArrayList<String>();
        apply(pod.path("spec").path("containers"), "container", requests, limits, notes);
        apply(pod.path("spec").path("initContainers"), "init container", requests, limits, notes);
        if (!notes.isEmpty()) {
            pod.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", notes));
        }
    }

    private static void apply(
            JsonNode containers, String what, Quantities requests, Quantities limits, List<String> notes) {
        for (JsonNode each : containers) {
            if (each instanceof ObjectNode container) {
                String name = container.path("name").asString("");
                note(notes, set(container, "requests", requests), "request for " + what + " " + name);
                note(notes, set(container, "limits", limits), "limit for " + what + " " + name);
            }
        }
    }

    private static void note(List<String> notes, List<String> resources, String about) {
        if (!resources.isEmpty()) {
            notes.add(String.join(", ", resources) + " " + about);
        }
    }

    private static List<String> set(ObjectNode container, String kind, Quantities defaults) {
        var added = new ArrayList<String>();
        for (Map.Entry<String, Quantity> entry : defaults.amounts().entrySet()) {
            if (!container.path("resources").path(kind).has(entry.getKey())) {
                container
                        .withObjectProperty("resources")
                        .withObjectProperty(kind)
                        .put(entry.getKey(), entry.getValue().toString());
                added.add(entry.getKey());
            }
        }
        return added;
    }
}
