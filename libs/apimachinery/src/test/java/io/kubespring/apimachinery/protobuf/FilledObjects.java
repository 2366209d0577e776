package io.kubespring.apimachinery.protobuf;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects with a value in every field that their schema has; a schema within itself is left out. */
final class FilledObjects {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Deque<String> open = new ArrayDeque<>();
    private int counter;

    static ObjectNode of(ResourceType type) {
        return of(type.schema())
                .put("apiVersion", type.apiVersion())
                .put("kind", type.kind().kind());
    }

    static ObjectNode of(Schema schema) {
        return (ObjectNode) new FilledObjects().plain(schema);
    }

    private JsonNode value(Schema schema) {
        return switch (schema.name().substring(schema.name().lastIndexOf('.') + 1)) {
            case "Quantity" -> text("1500m");
            case "IntOrString" -> ++counter % 2 == 0 ? NODES.numberNode(counter) : text("25%");
            case "MicroTime" -> text("2026-01-02T03:04:05.000006Z");
            case "Time" -> text("2026-01-02T03:04:05Z");
            case "RawExtension", "JSON", "FieldsV1" -> Json.read("{\"f:any\":{\"x\":[1,\"é\\n\",null]}}");
            case "JSONSchemaPropsOrBool" -> NODES.booleanNode(true);
            case "JSONSchemaPropsOrArray", "JSONSchemaPropsOrStringArray" ->
                Json.object().put("type", "string");
            default -> plain(schema);
        };
    }

    private JsonNode plain(Schema schema) {
        counter++;
        return switch (schema.type()) {
            case STRING -> text(schema.format().equals("byte") ? "a2ViZQ==" : "text \"é\" " + counter);
            case INTEGER ->
                schema.format().equals("int64")
                        ? NODES.numberNode(counter % 2 == 0 ? 5_000_000_000L + counter : -counter)
                        : NODES.numberNode(counter);
            case NUMBER -> NODES.numberNode(counter + 0.5);
            case BOOLEAN -> NODES.booleanNode(true);
            case ARRAY -> {
                var list = NODES.arrayNode();
                Schema items = schema.items();
                if (items != null) {
                    list.add(value(items)).add(value(items));
                }
                yield list;
            }
            case OBJECT -> object(schema);
            case ANY -> Json.object().put("any", "thing");
        };
    }

    private ObjectNode object(Schema schema) {
        ObjectNode object = Json.object();
        open.push(schema.name());
        Schema values = schema.additionalProperties();
        if (values != null) {
            object.set("a", value(values));
            object.set("b", value(values));
        }
        for (String each : schema.propertyNames()) {
            Schema child = schema.property(each);
            // An object within another has no type of its own in protobuf.
            boolean typeMeta = (each.equals("kind") || each.equals("apiVersion"))
                    && schema.property("kind") != null
                    && schema.property("apiVersion") != null
                    && !schema.name().endsWith("Reference")
                    && !schema.name().endsWith("ReferencePatch");
            if (child != null && !typeMeta && !recursive(child)) {
                object.set(each, value(child));
            }
        }
        open.pop();
        return object;
    }

    private boolean recursive(@Nullable Schema schema) {
        return schema != null
                && (!schema.name().isEmpty() && open.contains(schema.name())
                        || recursive(schema.items())
                        || recursive(schema.additionalProperties()));
    }

    private static JsonNode text(String value) {
        return NODES.stringNode(value);
    }
}
