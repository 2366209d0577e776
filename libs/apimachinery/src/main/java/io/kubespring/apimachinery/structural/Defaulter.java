package io.kubespring.apimachinery.structural;

import io.kubespring.api.schema.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a schema's defaults where a field is absent, or null without being nullable; then walks into what is there,
 * defaults included. The rule of structural schemas (CustomResourceDefinition, "Defaulting").
 */
public final class Defaulter {

    private Defaulter() {}

    /** Changes {@code object} in place. */
    public static void applyDefaults(ObjectNode object, Schema schema) {
        if (!schema.defaultsBelow()) {
            return;
        }
        for (String name : schema.defaultedProperties()) {
            Schema child = schema.property(name);
            JsonNode standard = child == null ? null : child.defaultValue();
            if (child == null || standard == null) {
                continue;
            }
            JsonNode present = object.get(name);
            if (present == null || present.isNull() && !child.nullable()) {
                object.set(name, standard.deepCopy());
            }
        }
        for (var field : object.properties()) {
            descend(field.getValue(), schema.child(field.getKey()));
        }
    }

    private static void descend(JsonNode value, @Nullable Schema schema) {
        if (schema == null || !schema.defaultsBelow()) {
            return;
        }
        if (value instanceof ObjectNode object) {
            applyDefaults(object, schema);
        } else if (value instanceof ArrayNode list) {
            Schema items = schema.items();
            if (items != null) {
                list.forEach(item -> descend(item, items));
            }
        }
    }
}
