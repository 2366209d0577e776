package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All of a new object that decides which fields its creator owns: the names of its fields, what names the items of its
 * associative lists, and which of its values are zero. Two objects with equal outlines give {@link Comparison} the same
 * answer. Immutable.
 */
final class Outline {

    /** Longer ones are not worth their memory. */
    private static final int MOST_PARTS = 4_096;

    private enum Mark {
        END,
        UNNAMED,
        NULL,
        ZERO,
        SCALAR,
        EMPTY_LIST,
        LIST,
        EMPTY_MAP,
        MAP
    }

    private final Object[] parts;

    private Outline(Object[] parts) {
        this.parts = parts;
    }

    /** The outline; null where it is too long to be kept. */
    static @Nullable Outline of(ObjectNode object, Schema schema) {
        var parts = new ArrayList<Object>(256);
        boolean whole = new Walk(new Sink() {
                    @Override
                    public boolean take(Object part) {
                        return parts.size() < MOST_PARTS && parts.add(part);
                    }
                })
                .fields(object, schema, SystemFields.ROOT);
        return whole ? new Outline(parts.toArray()) : null;
    }

    /** Whether the object has this outline; nothing is allocated to find out. */
    boolean fits(ObjectNode object, Schema schema) {
        var check = new Check(parts);
        return new Walk(check).fields(object, schema, SystemFields.ROOT) && check.atEnd();
    }

    private interface Sink {
        /** @return whether to go on */
        boolean take(Object part);
    }

    private static final class Check implements Sink {
        private final Object[] parts;
        private int at;

        Check(Object[] parts) {
            this.parts = parts;
        }

        @Override
        public boolean take(Object part) {
            return at < parts.length && parts[at++].equals(part);
        }

        boolean atEnd() {
            return at == parts.length;
        }
    }

    private record Walk(Sink sink) {

        boolean fields(ObjectNode object, @Nullable Schema schema, Set<String> skipped) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                String name = field.getKey();
                if (skipped.contains(name)) {
                    continue;
                }
                boolean metadata = skipped == SystemFields.ROOT && name.equals("metadata");
                if (!sink.take(name)
                        || !value(
                                field.getValue(),
                                Shape.child(schema, name),
                                metadata ? SystemFields.METADATA : SystemFields.NONE)) {
                    return false;
                }
            }
            return sink.take(Mark.END);
        }

        private boolean value(JsonNode value, @Nullable Schema schema, Set<String> skipped) {
            if (value.isNull()) {
                return sink.take(Mark.NULL);
            }
            return switch (Shape.of(value, schema)) {
                case LEAF -> sink.take(leaf(value));
                case FIELDS -> fields((ObjectNode) value, schema, skipped);
                case ITEMS -> items((ArrayNode) value, schema);
            };
        }

        private boolean items(ArrayNode list, @Nullable Schema schema) {
            List<String> keys =
                    schema != null && schema.listType() == Schema.ListType.MAP ? schema.mapKeys() : List.of();
            for (JsonNode item : list) {
                boolean same = item instanceof ObjectNode object
                        ? keys(object, keys) && fields(object, Shape.items(schema), SystemFields.NONE)
                        : sink.take(item);
                if (!same) {
                    return false;
                }
            }
            return sink.take(Mark.END);
        }

        private boolean keys(ObjectNode item, List<String> keys) {
            for (String key : keys) {
                JsonNode value = item.get(key);
                if (!sink.take(value == null ? Mark.UNNAMED : value)) {
                    return false;
                }
            }
            return true;
        }

        private static Mark leaf(JsonNode value) {
            if (value.isArray()) {
                return value.isEmpty() ? Mark.EMPTY_LIST : Mark.LIST;
            }
            if (value.isObject()) {
                return value.isEmpty() ? Mark.EMPTY_MAP : Mark.MAP;
            }
            return isZero(value) ? Mark.ZERO : Mark.SCALAR;
        }

        private static boolean isZero(JsonNode value) {
            return value.isString()
                    ? value.stringValue().isEmpty()
                    : value.isNumber() ? value.doubleValue() == 0 : value.isBoolean() && !value.booleanValue();
        }
    }
}
