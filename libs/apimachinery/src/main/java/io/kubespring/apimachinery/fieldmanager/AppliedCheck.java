package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a raw applied configuration fits its schema; every field must be known and every list item have a name. */
final class AppliedCheck {

    private final List<String> errors = new ArrayList<>(0);

    private AppliedCheck() {}

    /** Refuses with 500, as upstream does, in its words. */
    static void check(ObjectNode applied, Schema schema) {
        var check = new AppliedCheck();
        check.fields(applied, schema, new FieldPath(List.of()));
        if (!check.errors.isEmpty()) {
            String all = check.errors.size() == 1
                    ? check.errors.getFirst()
                    : "errors:\n  " + String.join("\n  ", check.errors);
            throw new StatusException(
                    StatusReason.UNKNOWN, "failed to create typed patch object (" + describe(applied) + "): " + all);
        }
    }

    private static String describe(ObjectNode object) {
        var kind = GroupVersionKind.of(
                object.path("apiVersion").asString(""), object.path("kind").asString(""));
        JsonNode metadata = object.path("metadata");
        return metadata.path("namespace").asString("") + "/"
                + metadata.path("name").asString("") + "; " + kind.group() + "/" + kind.version() + ", Kind="
                + kind.kind();
    }

    private void value(JsonNode value, @Nullable Schema schema, FieldPath path) {
        if (schema == null || value.isNull() || schema.intOrString()) {
            return;
        }
        switch (schema.type()) {
            case OBJECT -> {
                if (value instanceof ObjectNode object) {
                    fields(object, schema, path);
                } else {
                    wrong(path, "expected map", value);
                }
            }
            case ARRAY -> {
                if (value instanceof ArrayNode list) {
                    items(list, schema, path);
                } else {
                    wrong(path, "expected list", value);
                }
            }
            case STRING -> {
                boolean quantity = schema.name().endsWith(".resource.Quantity") && value.isNumber();
                if (!value.isString() && !quantity) {
                    errors.add(path + ": expected string, got &value.valueUnstructured{Value:" + value + "}");
                }
            }
            case INTEGER, NUMBER -> {
                if (!value.isNumber()) {
                    errors.add(path + ": expected numeric (int or float), got " + goType(value));
                }
            }
            case BOOLEAN -> {
                if (!value.isBoolean()) {
                    wrong(path, "expected boolean", value);
                }
            }
            case ANY -> {}
        }
    }

    private static String goType(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> "map[string]interface {}";
            case ArrayNode list -> "[]interface {}";
            case JsonNode other when other.isBoolean() -> "bool";
            default -> "string";
        };
    }

    private void wrong(FieldPath path, String expected, JsonNode value) {
        errors.add(
                path + ": " + expected + ", got &{" + (value.isString() ? value.asString() : value.toString()) + "}");
    }

    private void fields(ObjectNode object, Schema schema, FieldPath path) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Schema child = schema.child(field.getKey());
            FieldPath childPath = path.then(PathElement.field(field.getKey()));
            if (child != null) {
                value(field.getValue(), child, childPath);
            } else if (!schema.preserveUnknown() && !schema.embeddedResource()) {
                errors.add(childPath + ": field not declared in schema");
            }
        }
    }

    private void items(ArrayNode list, Schema schema, FieldPath path) {
        boolean associative = Shape.of(list, schema) == Shape.ITEMS;
        Set<PathElement> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            PathElement step;
            try {
                step = associative ? ListItems.step(item, schema) : Objects.requireNonNull(PathElement.parse("i:" + i));
            } catch (IllegalArgumentException unnamed) {
                errors.add(path + ": element " + i + ": " + unnamed.getMessage());
                continue;
            }
            if (!seen.add(step)) {
                errors.add(path + ": duplicate entries for key " + step);
            }
            value(item, schema.items(), path.then(step));
        }
    }
}
