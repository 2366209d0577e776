package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.json.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of a path to a field: a field's name, a list item by its keys, by its value or by its index. Identified by
 * its canonical FieldsV1 text ({@code f:spec}, <code>k:{"name":"a"}</code>, {@code v:1}, {@code i:0}); ordered as
 * upstream orders what it writes: fields, keys, values, indexes.
 */
public final class PathElement implements Comparable<PathElement> {

    private enum Kind {
        FIELD,
        KEY,
        VALUE,
        INDEX
    }

    /** Field names repeat in every object: a small lossy cache spares making them again. */
    private static final AtomicReferenceArray<@Nullable PathElement> FIELDS = new AtomicReferenceArray<>(4096);

    private final Kind kind;
    private final String text;
    private final @Nullable JsonNode value;

    private PathElement(Kind kind, String text, @Nullable JsonNode value) {
        this.kind = kind;
        this.text = text;
        this.value = value;
    }

    /** A field of an object, by name. */
    public static PathElement field(String name) {
        int slot = (name.hashCode() * 0x9E3779B9) >>> 20;
        PathElement cached = FIELDS.get(slot);
        if (cached != null && cached.isField(name)) {
            return cached;
        }
        var made = new PathElement(Kind.FIELD, "f:" + name, null);
        FIELDS.set(slot, made);
        return made;
    }

    /** An item of a list of type map; {@code keys} in any order. */
    public static PathElement key(ObjectNode keys) {
        ObjectNode sorted = sorted(keys);
        return new PathElement(Kind.KEY, keyText(sorted), sorted);
    }

    /** The same as the mapper writes, without the mapper's start-up for what is nearly always short and plain. */
    private static String keyText(ObjectNode keys) {
        var text = new StringBuilder(32).append("k:{");
        for (Map.Entry<String, JsonNode> key : keys.properties()) {
            if (!isPlain(key.getKey())) {
                return "k:" + keys;
            }
            text.append(text.length() == 3 ? "\"" : ",\"").append(key.getKey()).append("\":");
            JsonNode value = key.getValue();
            if (value.isString() && isPlain(value.stringValue())) {
                text.append('"').append(value.stringValue()).append('"');
            } else if (value.isInt()) {
                text.append(value.intValue());
            } else {
                text.append(value);
            }
        }
        return text.append('}').toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each < ' ' || each > '~' || each == '"' || each == '\\') {
                return false;
            }
        }
        return true;
    }

    /** An item of a list of type set. */
    public static PathElement value(JsonNode value) {
        return new PathElement(Kind.VALUE, "v:" + value, value);
    }

    /**
     * Reads a FieldsV1 key.
     *
     * @return null for a kind of step that is not known, which upstream skips
     * @throws IllegalArgumentException if it is malformed
     */
    static @Nullable PathElement parse(String text) {
        if (text.length() < 2 || text.charAt(1) != ':') {
            throw new IllegalArgumentException("missing colon: " + text);
        }
        String rest = text.substring(2);
        return switch (text.charAt(0)) {
            case 'f' -> field(rest);
            case 'k' -> {
                if (!(json(rest) instanceof ObjectNode keys)) {
                    throw new IllegalArgumentException("keys must be an object: " + text);
                }
                yield key(keys);
            }
            case 'v' -> value(json(rest));
            case 'i' -> {
                try {
                    int index = Integer.parseInt(rest);
                    yield new PathElement(Kind.INDEX, "i:" + index, JsonNodeFactory.instance.numberNode(index));
                } catch (NumberFormatException notAnIndex) {
                    throw new IllegalArgumentException("malformed index: " + text);
                }
            }
            default -> null;
        };
    }

    private static JsonNode json(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty path element");
        }
        try {
            return Json.read(text);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("malformed path element: " + text);
        }
    }

    private static ObjectNode sorted(ObjectNode keys) {
        if (keys.size() < 2) {
            return keys;
        }
        String[] names = keys.propertyNames().toArray(String[]::new);
        Arrays.sort(names);
        ObjectNode sorted = Json.object();
        for (String name : names) {
            sorted.set(name, keys.get(name));
        }
        return sorted;
    }

    private boolean isField(String name) {
        return text.length() == name.length() + 2 && text.endsWith(name);
    }

    /** The field's name, or null where this is a list's item. */
    public @Nullable String fieldName() {
        return kind == Kind.FIELD ? text.substring(2) : null;
    }

    boolean isKey() {
        return kind == Kind.KEY;
    }

    /** The canonical FieldsV1 text. */
    String text() {
        return text;
    }

    @Override
    public int compareTo(PathElement other) {
        if (kind != other.kind) {
            return kind.compareTo(other.kind);
        }
        JsonNode left = value;
        JsonNode right = other.value;
        if (left == null || right == null) {
            return text.compareTo(other.text);
        }
        return text.equals(other.text) ? 0 : Values.compare(left, right);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof PathElement element && text.equals(element.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As in error messages: {@code .spec}, {@code [name="a"]}, {@code [="x"]}, {@code [0]}. */
    @Override
    public String toString() {
        JsonNode shown = value;
        if (shown == null) {
            return "." + text.substring(2);
        }
        if (kind == Kind.KEY) {
            var keys = new StringBuilder("[");
            shown.properties()
                    .forEach(key -> keys.append(keys.length() == 1 ? "" : ",")
                            .append(key.getKey())
                            .append('=')
                            .append(key.getValue()));
            return keys.append(']').toString();
        }
        return kind == Kind.VALUE ? "[=" + shown + "]" : "[" + shown + "]";
    }
}
