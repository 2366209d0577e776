package io.kubespring.apiserver.subresources;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.selector.LabelSelector;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.registry.PathMatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code autoscaling/v1 Scale} of an object with {@code spec.replicas}. */
final class Scales {

    static final GroupVersionKind KIND = new GroupVersionKind("autoscaling", "v1", "Scale");

    private Scales() {}

    static ObjectNode of(ObjectNode object) {
        ObjectNode scale = Json.object().put("kind", KIND.kind()).put("apiVersion", KIND.apiVersion());
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            JsonNode value = object.path("metadata").get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        scale.putObject("spec")
                .put("replicas", object.path("spec").path("replicas").asInt(0));
        ObjectNode status = scale.putObject("status")
                .put("replicas", object.path("status").path("replicas").asInt(0));
        String selector = selector(object.path("spec").path("selector"));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    /** A changed Scale is still about the object that the path names. */
    static void checkPath(ObjectNode scale, Call call) {
        JsonNode metadata = scale.path("metadata");
        PathMatch.name(metadata.path("name").asString(""), call.name());
        PathMatch.namespace(metadata.path("namespace").asString(""), call.namespace());
    }

    static void checkApplied(ObjectNode applied) {
        var found = GroupVersionKind.of(
                applied.path("apiVersion").asString(""), applied.path("kind").asString(""));
        if (!found.equals(KIND)) {
            throw StatusException.badRequest(
                    "invalid object type: " + found.group() + "/" + found.version() + ", Kind=" + found.kind());
        }
    }

    /**
     * Carries a changed Scale over to its object: the replicas, and what it expects of the object.
     *
     * @throws StatusException 422 for negative replicas
     */
    static void applyTo(ObjectNode object, ObjectNode scale) {
        int replicas = scale.path("spec").path("replicas").asInt(0);
        if (replicas < 0) {
            throw StatusException.invalid(
                    KIND,
                    object.path("metadata").path("name").asString(""),
                    List.of(FieldError.invalid("spec.replicas", replicas, "must be greater than or equal to 0")));
        }
        ((ObjectNode) object.path("spec")).put("replicas", replicas);
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        for (String expected : List.of("resourceVersion", "uid")) {
            String value = scale.path("metadata").path(expected).asString("");
            if (!value.isEmpty()) {
                metadata.put(expected, value);
            }
        }
    }

    private static String selector(JsonNode selector) {
        if (!(selector instanceof ObjectNode object)) {
            return "";
        }
        if (object.has("matchLabels") || object.has("matchExpressions")) {
            return LabelSelector.of(object).toString();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        object.properties()
                .forEach(each -> labels.put(each.getKey(), each.getValue().asString("")));
        return LabelSelector.ofLabels(labels).toString();
    }
}
