package io.kubespring.kinds.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place in an object tree: the value found there, possibly none, and the path that names it in upstream's syntax
 * ({@code spec.containers[0].env}, {@code data[key]}). The path is only spelled out when asked for, so walking a valid
 * object costs next to nothing.
 *
 * <p>Values read as a Go struct would hold them: an absent or null text is empty, an absent number is zero.
 */
public final class Field {

    private final @Nullable Field parent;
    private final String segment;
    private final boolean bracketed;
    private final JsonNode value;

    private Field(@Nullable Field parent, String segment, boolean bracketed, JsonNode value) {
        this.parent = parent;
        this.segment = segment;
        this.bracketed = bracketed;
        this.value = value;
    }

    /** The object itself; its path is empty. */
    public static Field root(JsonNode object) {
        return new Field(null, "", false, object);
    }

    /** A tree that stands at {@code path} of some object. */
    public static Field of(String path, JsonNode value) {
        return new Field(null, path, false, value);
    }

    public Field at(String name) {
        return new Field(this, name, false, value.path(name));
    }

    public Field at(String first, String second) {
        return at(first).at(second);
    }

    /** The item of a list, by its number; may lie beyond the end. */
    public Field item(int index) {
        return new Field(this, Integer.toString(index), true, value.path(index));
    }

    /** The value of a map, by its key. */
    public Field key(String key) {
        return new Field(this, key, true, value.path(key));
    }

    /** Another value under this field's path: for what is computed, or found under another name. */
    public Field withValue(JsonNode other) {
        return new Field(parent, segment, bracketed, other);
    }

    /** Every item of a list; empty where this is none. */
    public List<Field> items() {
        if (!value.isArray() || value.isEmpty()) {
            return List.of();
        }
        var items = new ArrayList<Field>(value.size());
        for (int i = 0; i < value.size(); i++) {
            items.add(new Field(this, Integer.toString(i), true, value.get(i)));
        }
        return items;
    }

    /** Every entry of a map, the path of each ending in {@code [key]}; empty where this is none. */
    public List<Field> entries() {
        if (!(value instanceof ObjectNode object) || object.isEmpty()) {
            return List.of();
        }
        var entries = new ArrayList<Field>(object.size());
        object.properties().forEach(each -> entries.add(new Field(this, each.getKey(), true, each.getValue())));
        return entries;
    }

    /** Every field of an object, the path of each ending in {@code .name}; empty where this is none. */
    public List<Field> fields() {
        return value.propertyNames().stream().map(this::at).toList();
    }

    /** The last step of the path: a field's name, an item's number, an entry's key. */
    public String name() {
        return segment;
    }

    public JsonNode value() {
        return value;
    }

    /** Whether there is a value other than null. */
    public boolean present() {
        return !value.isMissingNode() && !value.isNull();
    }

    public boolean absent() {
        return !present();
    }

    /** Whether Go would see the zero value: absent, empty text, zero, false, an empty list or map. */
    public boolean empty() {
        return switch (value.getNodeType()) {
            case MISSING, NULL -> true;
            case STRING -> value.stringValue().isEmpty();
            case NUMBER -> value.asDouble() == 0;
            case BOOLEAN -> !value.booleanValue();
            case ARRAY, OBJECT -> value.isEmpty();
            case BINARY, POJO -> false;
        };
    }

    /** The text here, empty if there is none. */
    public String text() {
        return value.isString() ? value.stringValue() : "";
    }

    /** The whole number here, zero if there is none. */
    public long number() {
        return value.isNumber() ? value.asLong() : 0;
    }

    /** The whole number here, {@code otherwise} if there is none. */
    public long number(long otherwise) {
        return value.isNumber() ? value.asLong() : otherwise;
    }

    public boolean flag() {
        return value.isBoolean() && value.booleanValue();
    }

    public boolean isText(String expected) {
        return value.isString() && value.stringValue().equals(expected);
    }

    /** The texts of a list of texts. */
    public List<String> texts() {
        if (!value.isArray()) {
            return List.of();
        }
        var texts = new ArrayList<String>(value.size());
        value.forEach(each -> texts.add(each.isString() ? each.stringValue() : each.toString()));
        return Collections.unmodifiableList(texts);
    }

    /** Whether both hold the same, as {@link Semantics} sees it. */
    public boolean sameAs(Field other) {
        return Semantics.equal(value, other.value);
    }

    /** A place that does not exist, under this field's path. */
    public Field without() {
        return withValue(MissingNode.getInstance());
    }

    public String path() {
        var path = new StringBuilder();
        appendTo(path);
        return path.toString();
    }

    private void appendTo(StringBuilder path) {
        if (parent != null) {
            parent.appendTo(path);
        }
        if (bracketed) {
            path.append('[').append(segment).append(']');
        } else if (!segment.isEmpty()) {
            path.append(path.isEmpty() ? "" : ".").append(segment);
        }
    }

    @Override
    public String toString() {
        return path();
    }
}
