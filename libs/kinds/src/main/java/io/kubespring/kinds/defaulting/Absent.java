package io.kubespring.kinds.defaulting;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a value where none stands. Upstream knows two kinds of field: plain ones, where an empty text or a zero counts as
 * absent ({@link #text}, {@link #number}), and pointers, where only a missing field does ({@code pointer}). Numbers are
 * put as the parser would have read them, so that a defaulted object equals its stored self.
 */
final class Absent {

    private Absent() {}

    static void text(ObjectNode parent, String field, String value) {
        if (isEmptyText(parent, field)) {
            parent.put(field, value);
        }
    }

    static void number(ObjectNode parent, String field, int value) {
        JsonNode found = parent.path(field);
        if (!found.isNumber() || found.asLong() == 0) {
            parent.put(field, value);
        }
    }

    static void pointer(ObjectNode parent, String field, String value) {
        if (!parent.hasNonNull(field)) {
            parent.put(field, value);
        }
    }

    static void pointer(ObjectNode parent, String field, int value) {
        if (!parent.hasNonNull(field)) {
            parent.put(field, value);
        }
    }

    static void pointer(ObjectNode parent, String field, boolean value) {
        if (!parent.hasNonNull(field)) {
            parent.put(field, value);
        }
    }

    /** The object under {@code field}, made if there is none. */
    static ObjectNode object(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode found ? found : parent.putObject(field);
    }

    static boolean isEmptyText(ObjectNode parent, String field) {
        JsonNode found = parent.path(field);
        return !found.isString() || found.stringValue().isEmpty();
    }

    /** Whether a list or map is missing or has nothing in it. */
    static boolean isEmpty(ObjectNode parent, String field) {
        return parent.path(field).isEmpty();
    }

    static String textOf(JsonNode parent, String field) {
        return parent.path(field).isString() ? parent.path(field).stringValue() : "";
    }

    /** The object under {@code field}, or null. */
    static @Nullable ObjectNode existing(@Nullable ObjectNode parent, String field) {
        return parent != null && parent.get(field) instanceof ObjectNode found ? found : null;
    }

    /** Runs {@code action} on the object at the end of {@code fields}, if there is one. */
    static void within(@Nullable ObjectNode parent, Consumer<ObjectNode> action, String... fields) {
        ObjectNode here = parent;
        for (String field : fields) {
            here = existing(here, field);
        }
        if (here != null) {
            action.accept(here);
        }
    }

    /** The objects in a list; empty if there is none. */
    static List<ObjectNode> each(@Nullable ObjectNode parent, String field) {
        if (parent == null || !parent.path(field).isArray()) {
            return List.of();
        }
        var found = new ArrayList<ObjectNode>();
        parent.path(field).forEach(item -> {
            if (item instanceof ObjectNode object) {
                found.add(object);
            }
        });
        return found;
    }
}
