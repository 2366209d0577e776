package io.kubespring.apimachinery.everykind;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes an object with every field set, recursive definitions once. */
final class ExampleObjects {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Deque<String> open = new ArrayDeque<>();

    static ObjectNode of(GroupVersionKind kind, Schema schema) {
        ObjectNode object = (ObjectNode) new ExampleObjects().value(schema);
        return object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    }

    private JsonNode value(Schema schema) {
        return switch (schema.type()) {
            case OBJECT -> object(schema);
            case ARRAY -> {
                var list = NODES.arrayNode();
                addUnlessNull(list::add, schema.items());
                yield list;
            }
            case STRING -> string(schema);
            case INTEGER -> NODES.numberNode(1);
            case NUMBER -> NODES.numberNode(1.5);
            case BOOLEAN -> NODES.booleanNode(true);
            case ANY -> Json.object().put("anything", "goes");
        };
    }

    private ObjectNode object(Schema schema) {
        ObjectNode object = Json.object();
        boolean again = !schema.name().isEmpty() && open.contains(schema.name());
        if (again) {
            return object;
        }
        open.push(schema.name());
        for (String each : schema.propertyNames()) {
            addUnlessNull(value -> object.set(each, value), schema.property(each));
        }
        addUnlessNull(value -> object.set("key", value), schema.additionalProperties());
        open.pop();
        return object;
    }

    private void addUnlessNull(Consumer<JsonNode> target, @Nullable Schema schema) {
        if (schema != null) {
            target.accept(value(schema));
        }
    }

    private static JsonNode string(Schema schema) {
        String text = switch (schema.format()) {
            case "byte" -> "aGVsbG8=";
            case "date-time" ->
                schema.name().endsWith("MicroTime") ? "2026-01-01T00:00:00.000000Z" : "2026-01-01T00:00:00Z";
            case "quantity" -> "1Gi";
            case "int-or-string" -> "25%";
            default -> "text";
        };
        return NODES.stringNode(text);
    }
}
