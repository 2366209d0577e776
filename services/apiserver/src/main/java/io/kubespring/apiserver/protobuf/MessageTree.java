package io.kubespring.apiserver.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns a message into the tree of its JSON form. */
final class MessageTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** @param schema null where nothing is known about the message's place in JSON */
    ObjectNode of(DynamicMessage message, @Nullable Schema schema) {
        ObjectNode tree = Json.object();
        for (Map.Entry<FieldDescriptor, Object> each : message.getAllFields().entrySet()) {
            add(tree, each.getKey(), each.getValue(), schema);
        }
        return tree;
    }

    private void add(ObjectNode tree, FieldDescriptor field, Object value, @Nullable Schema schema) {
        String name = field.getJsonName();
        Schema child = schema == null ? null : schema.property(name);
        if (field.isMapField()) {
            tree.set(name, map((List<?>) value, child == null ? null : child.additionalProperties()));
        } else if (field.isRepeated()) {
            ArrayNode array = tree.putArray(name);
            Schema items = child == null ? null : child.items();
            ((List<?>) value).forEach(each -> {
                JsonNode item = node(field, each, items);
                if (item != null) {
                    array.add(item);
                }
            });
        } else {
            JsonNode node = node(field, value, child);
            if (node instanceof ObjectNode object && embedded(field, child, schema)) {
                tree.setAll(object.isEmpty() ? object : of((DynamicMessage) value, schema));
            } else if (node != null && !unset(name, node)) {
                tree.set(name, node);
            }
        }
    }

    /** Whether a message stands for a Go struct that JSON writes without a field of its own. */
    private static boolean embedded(FieldDescriptor field, @Nullable Schema child, @Nullable Schema parent) {
        return child == null
                && parent != null
                && !parent.propertyNames().isEmpty()
                && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    }

    private static boolean unset(String name, JsonNode node) {
        boolean zero = (node.isNumber() && node.asLong() == 0)
                || (node.isBoolean() && !node.asBoolean())
                || (node.isString() && node.asString().isEmpty());
        return zero && !PointerFields.contains(name);
    }

    private ObjectNode map(List<?> entries, @Nullable Schema values) {
        ObjectNode tree = Json.object();
        for (Object each : entries) {
            var entry = (com.google.protobuf.Message) each;
            var key = entry.getDescriptorForType().findFieldByNumber(1);
            var value = entry.getDescriptorForType().findFieldByNumber(2);
            JsonNode node = node(value, entry.getField(value), values);
            if (node != null) {
                tree.set(String.valueOf(entry.getField(key)), node);
            }
        }
        return tree;
    }

    /** Null for a value that JSON leaves out. */
    private @Nullable JsonNode node(FieldDescriptor field, Object value, @Nullable Schema schema) {
        return switch (field.getJavaType()) {
            case INT -> NODES.numberNode((Integer) value);
            case LONG -> NODES.numberNode((Long) value);
            case FLOAT -> NODES.numberNode((Float) value);
            case DOUBLE -> NODES.numberNode((Double) value);
            case BOOLEAN -> NODES.booleanNode((Boolean) value);
            case STRING -> NODES.stringNode((String) value);
            case BYTE_STRING ->
                NODES.stringNode(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
            case ENUM -> NODES.stringNode(value.toString());
            case MESSAGE -> message((DynamicMessage) value, schema);
        };
    }

    private @Nullable JsonNode message(DynamicMessage message, @Nullable Schema schema) {
        WellKnownMessages known =
                WellKnownMessages.of(message.getDescriptorForType().getFullName());
        return known == null ? of(message, schema) : known.tree(message);
    }
}
