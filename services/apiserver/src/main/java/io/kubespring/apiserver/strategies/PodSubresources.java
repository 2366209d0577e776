package io.kubespring.apiserver.strategies;

import io.kubespring.api.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What each endpoint of a Pod may change: everything else is put back, so that a client can send the whole object. What
 * cannot be put back (a container more, or another name) is left for validation to refuse.
 */
final class PodSubresources {

    private static final List<String> FIXED_METADATA = List.of(
            "deletionTimestamp", "generation", "selfLink", "labels", "annotations", "finalizers", "ownerReferences");
    private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers");

    private PodSubresources() {}

    static void ephemeralContainers(ObjectNode next, ObjectNode current) {
        JsonNode changed = next.path("spec").path("ephemeralContainers");
        ObjectNode spec = copyOf(current.path("spec"));
        set(spec, "ephemeralContainers", changed);
        next.set("spec", spec);
        keepRest(next, current);
    }

    static void resize(ObjectNode next, ObjectNode current) {
        ObjectNode spec = copyOf(current.path("spec"));
        for (String list : CONTAINER_LISTS) {
            JsonNode wanted = next.path("spec").path(list);
            JsonNode kept = spec.path(list);
            if (!sameNames(wanted, kept)) {
                return;
            }
            for (int i = 0; i < kept.size(); i++) {
                ObjectNode container = (ObjectNode) kept.get(i);
                for (String field : List.of("resources", "resizePolicy")) {
                    set(container, field, wanted.get(i).path(field));
                }
            }
        }
        set(spec, "resources", next.path("spec").path("resources"));
        next.set("spec", spec);
        keepRest(next, current);
    }

    private static boolean sameNames(JsonNode wanted, JsonNode existing) {
        if (wanted.size() != existing.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).path("name").equals(existing.get(i).path("name"))) {
                return false;
            }
        }
        return true;
    }

    private static void keepRest(ObjectNode next, ObjectNode current) {
        set(next, "status", current.path("status").deepCopy());
        if (next.get("metadata") instanceof ObjectNode metadata) {
            for (String each : FIXED_METADATA) {
                set(metadata, each, current.path("metadata").path(each));
            }
        }
    }

    /** Old kubelets corrupt owner references, and know nothing of generations they have seen. */
    static void status(ObjectNode next, ObjectNode current) {
        ObjectNode metadata = (ObjectNode) next.get("metadata");
        set(metadata, "ownerReferences", current.path("metadata").path("ownerReferences"));
        if (!(next.get("status") instanceof ObjectNode status)) {
            return;
        }
        JsonNode before = current.path("status");
        for (String each : List.of("qosClass", "observedGeneration")) {
            if (!status.hasNonNull(each) && before.hasNonNull(each)) {
                status.set(each, before.get(each));
            }
        }
        for (JsonNode condition : status.path("conditions")) {
            if (condition instanceof ObjectNode object && !object.hasNonNull("observedGeneration")) {
                set(object, "observedGeneration", generationOf(condition.path("type"), before));
            }
        }
    }

    private static JsonNode generationOf(JsonNode type, JsonNode status) {
        for (JsonNode old : status.path("conditions")) {
            if (old.path("type").equals(type)) {
                return old.path("observedGeneration");
            }
        }
        return status.path("no such condition");
    }

    private static ObjectNode copyOf(JsonNode spec) {
        return spec instanceof ObjectNode old ? old.deepCopy() : Json.object();
    }

    private static void set(ObjectNode object, String field, JsonNode value) {
        if (value.isMissingNode()) {
            object.remove(field);
        } else {
            object.set(field, value);
        }
    }
}
