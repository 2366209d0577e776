package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The annotation in which client-side apply keeps its last configuration. When kubectl moves an object to server-side
 * apply, what the annotation states and the object still has is kubectl's own and no conflict; afterwards the
 * annotation follows what is applied, so that moving back works too.
 */
final class LastApplied {

    static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String KUBECTL = "kubectl";
    private static final int MAX_ANNOTATIONS_BYTES = 256 * 1024;

    private LastApplied() {}

    static boolean concerns(ManagerInfo manager) {
        return manager.name().equals(KUBECTL);
    }

    /** Fields that client-side apply stated and that are as it stated them; empty if nothing is known. */
    static FieldSet stillAsApplied(ObjectNode live, Schema schema, String apiVersion) {
        String text = annotation(live);
        if (text == null || text.isEmpty()) {
            return FieldSet.EMPTY;
        }
        try {
            if (!(Json.read(text) instanceof ObjectNode lastApplied)
                    || !lastApplied.path("apiVersion").asString("").equals(apiVersion)) {
                return FieldSet.EMPTY;
            }
            return OwnedFields.of(lastApplied, schema).difference(Comparison.of(lastApplied, live, schema));
        } catch (JacksonException malformed) {
            return FieldSet.EMPTY;
        }
    }

    /** Brings the annotation up to date where the object has it. */
    static void refresh(ObjectNode object, ObjectNode applied) {
        if (annotation(object) == null || !(object.at("/metadata/annotations") instanceof ObjectNode annotations)) {
            return;
        }
        ObjectNode configuration = applied.deepCopy();
        if (configuration.at("/metadata/annotations") instanceof ObjectNode own) {
            own.remove(ANNOTATION);
        }
        annotations.put(ANNOTATION, sorted(configuration) + "\n");
        long size = 0;
        for (var each : annotations.properties()) {
            size += each.getKey().length() + each.getValue().asString("").length();
        }
        if (size > MAX_ANNOTATIONS_BYTES) {
            annotations.remove(ANNOTATION);
        }
    }

    private static @Nullable String annotation(ObjectNode object) {
        JsonNode value = object.path("metadata").path("annotations").get(ANNOTATION);
        return value == null || !value.isString() ? null : value.stringValue();
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var fields = new TreeMap<String, JsonNode>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode result = Json.object();
            fields.forEach(result::set);
            return result;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            list.forEach(item -> result.add(sorted(item)));
            return result;
        }
        return node;
    }
}
