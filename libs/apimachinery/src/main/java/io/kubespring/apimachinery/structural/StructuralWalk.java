package io.kubespring.apimachinery.structural;

import io.kubespring.api.json.SharedObject;
import io.kubespring.api.schema.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One pass of {@link StructuralChecker}. Paths become text only when there is something to report. */
final class StructuralWalk {

    /** As upstream's strict decoder: enough to be helpful, too few to be a burden. */
    private static final int MAX_PROBLEMS = 100;

    private final Set<String> duplicates;
    private final List<String> problems = new ArrayList<>(0);
    private @Nullable Place place;

    /**
     * Where the walk stands: a link to what encloses it.
     *
     * @param name field or map key; empty for a list's item
     * @param owner the schema that declares the field
     * @param declared whether {@code name} is a declared field (Go's struct field) and no map key
     */
    private record Place(@Nullable Place parent, String name, int index, Schema owner, boolean declared) {}

    StructuralWalk(Set<String> duplicates) {
        this.duplicates = duplicates;
    }

    List<String> problems() {
        return problems;
    }

    void object(ObjectNode object, Schema schema) {
        if (object instanceof SharedObject) {
            // Owned fields: whatever is in there stays.
            return;
        }
        Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        Schema mapValues = schema.additionalProperties();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            String name = field.getKey();
            Schema child = schema.property(name);
            boolean declared = child != null;
            if (child == null) {
                child = mapValues;
            }
            if (child == null) {
                if (keepsUnknown(schema, name)) {
                    continue;
                }
                report("unknown", name);
                fields.remove();
                continue;
            }
            if (!duplicates.isEmpty() && duplicates.contains(path(place, name))) {
                report("duplicate", name);
            }
            if (field.getValue().isNull()) {
                nullField(fields, field, child, declared);
                continue;
            }
            Place outer = place;
            place = new Place(outer, name, 0, schema, declared);
            JsonNode checked = value(field.getValue(), child);
            if (checked != field.getValue()) {
                field.setValue(checked);
            }
            place = outer;
        }
    }

    private void report(String what, String name) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(what + " field \"" + path(place, name) + '"');
        }
    }

    private static boolean keepsUnknown(Schema schema, String name) {
        return schema.preserveUnknown()
                || schema.embeddedResource()
                        && (name.equals("apiVersion") || name.equals("kind") || name.equals("metadata"));
    }

    private static void nullField(
            Iterator<Map.Entry<String, JsonNode>> fields,
            Map.Entry<String, JsonNode> field,
            Schema child,
            boolean declared) {
        if (child.nullable() || child.type() == Schema.Type.ANY) {
            return;
        }
        JsonNode zero = declared ? null : zeroScalar(child);
        if (zero == null) {
            fields.remove();
        } else {
            field.setValue(zero);
        }
    }

    /** What null means as a map's or list's value: Go's zero value, where that is a scalar; else null. */
    private static @Nullable JsonNode zeroScalar(Schema schema) {
        return switch (schema.type()) {
            case STRING -> JsonNodeFactory.instance.stringNode("");
            case INTEGER, NUMBER -> JsonNodeFactory.instance.numberNode(0);
            case BOOLEAN -> JsonNodeFactory.instance.booleanNode(false);
            case OBJECT, ARRAY, ANY -> null;
        };
    }

    /** Checks one value and gives back what stands in its place: mostly itself. */
    private JsonNode value(JsonNode value, Schema schema) {
        if (schema.intOrString() && !ScalarRules.isQuantity(schema)) {
            return value.isString() ? value : ScalarRules.intOrString(value);
        }
        return switch (schema.type()) {
            case OBJECT -> {
                if (!(value instanceof ObjectNode object)) {
                    throw wrongType(ScalarRules.goValue(value, false), schema);
                }
                object(object, schema);
                yield value;
            }
            case ARRAY -> {
                if (!(value instanceof ArrayNode list)) {
                    throw wrongType(ScalarRules.goValue(value, false), schema);
                }
                list(list, schema);
                yield value;
            }
            case STRING -> ScalarRules.string(value, schema, this::wrongType);
            case INTEGER -> ScalarRules.integer(value, schema, this::wrongType);
            case NUMBER -> ScalarRules.number(value, schema, this::wrongType);
            case BOOLEAN -> {
                if (!value.isBoolean()) {
                    throw wrongType(ScalarRules.goValue(value, false), schema);
                }
                yield value;
            }
            case ANY -> value;
        };
    }

    private void list(ArrayNode list, Schema schema) {
        Schema items = schema.items();
        if (items == null) {
            return;
        }
        Place outer = place;
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            if (item.isNull()) {
                nullItem(list, i, items);
                continue;
            }
            place = new Place(outer, "", i, schema, false);
            JsonNode checked = value(item, items);
            if (checked != item) {
                list.set(i, checked);
            }
        }
        place = outer;
    }

    private static void nullItem(ArrayNode list, int index, Schema items) {
        if (items.nullable() || items.type() == Schema.Type.ANY || items.intOrString()) {
            return;
        }
        JsonNode zero = zeroScalar(items);
        if (zero != null) {
            list.set(index, zero);
        } else if (items.type() == Schema.Type.OBJECT) {
            list.set(index, JsonNodeFactory.instance.objectNode());
        }
    }

    private WrongTypeException wrongType(String found, Schema expected) {
        Place field = place;
        while (field != null && !field.declared()) {
            field = field.parent();
        }
        String where = field == null
                ? "Go value"
                : "Go struct field " + GoTypes.simpleName(field.owner()) + "." + goPath(field);
        return new WrongTypeException(
                "json: cannot unmarshal " + found + " into " + where + " of type " + GoTypes.typeName(expected));
    }

    /** Go's decoder names struct fields only: neither list indexes nor map keys. */
    private static String goPath(@Nullable Place place) {
        if (place == null) {
            return "";
        }
        String parent = goPath(place.parent());
        if (!place.declared()) {
            return parent;
        }
        return parent.isEmpty() ? place.name() : parent + "." + place.name();
    }

    private static String path(@Nullable Place parent, String name) {
        var text = new StringBuilder();
        append(text, parent);
        return text.append(text.isEmpty() ? "" : ".").append(name).toString();
    }

    private static void append(StringBuilder text, @Nullable Place place) {
        if (place == null) {
            return;
        }
        append(text, place.parent());
        if (place.owner().type() == Schema.Type.ARRAY) {
            text.append('[').append(place.index()).append(']');
        } else {
            text.append(text.isEmpty() ? "" : ".").append(place.name());
        }
    }
}
