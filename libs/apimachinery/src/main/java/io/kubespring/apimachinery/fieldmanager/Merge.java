package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts an applied configuration over the live object: what it states wins, what it leaves out stays. */
final class Merge {

    private Merge() {}

    /** A new object that shares nothing with the arguments. */
    static ObjectNode of(ObjectNode live, ObjectNode applied, Schema schema) {
        return fields(live, applied, schema);
    }

    private static ObjectNode fields(ObjectNode live, ObjectNode applied, @Nullable Schema schema) {
        ObjectNode merged = Json.object();
        for (Map.Entry<String, JsonNode> field : live.properties()) {
            JsonNode value = value(field.getValue(), applied.get(field.getKey()), Shape.child(schema, field.getKey()));
            if (!value.isNull()) {
                merged.set(field.getKey(), value);
            }
        }
        for (Map.Entry<String, JsonNode> field : applied.properties()) {
            if (!live.has(field.getKey()) && !field.getValue().isNull()) {
                merged.set(field.getKey(), field.getValue().deepCopy());
            }
        }
        return merged;
    }

    static JsonNode value(JsonNode live, @Nullable JsonNode applied, @Nullable Schema schema) {
        if (applied == null) {
            return live.deepCopy();
        }
        if (live instanceof ObjectNode left && Shape.of(live, schema) == Shape.FIELDS) {
            if (applied.isNull()) {
                return live.deepCopy();
            }
            if (applied instanceof ObjectNode right) {
                return fields(left, right, schema);
            }
        }
        if (live instanceof ArrayNode left && schema != null && Shape.of(live, schema) == Shape.ITEMS) {
            if (applied.isNull()) {
                return live.deepCopy();
            }
            if (applied instanceof ArrayNode right) {
                return new MergedList(left, right, schema).merge();
            }
        }
        return applied.deepCopy();
    }
}
