package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.quantity.Quantity;
import io.kubespring.api.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What differs between two objects, field by field, as ownership sees it. The result's marks say whether a path was
 * added, modified or removed. What has not changed costs no allocation.
 */
final class Comparison {

    static final int ADDED = 1;
    static final int MODIFIED = 2;
    static final int REMOVED = 4;

    private static final boolean[] FIRST_THEN_SECOND = {true, false};

    /**
     * What became of one value.
     *
     * @param mark of the value's own path; 0 if only something below it changed
     */
    private record Change(int mark, @Nullable FieldSet below) {}

    private Comparison() {}

    /** Compares whole objects, leaving out what nobody can own. */
    static FieldSet of(ObjectNode before, ObjectNode after, Schema schema) {
        FieldSet changes = fields(before, after, schema, SystemFields.ROOT);
        return changes == null ? FieldSet.EMPTY : changes;
    }

    private static @Nullable FieldSet fields(
            @Nullable ObjectNode before, @Nullable ObjectNode after, @Nullable Schema schema, Set<String> skipped) {
        FieldSetBuilder changes = null;
        // Both in one loop: a second call of field() would be a second copy of everything below it to the compiler.
        for (boolean first : FIRST_THEN_SECOND) {
            ObjectNode object = first ? before : after;
            if (object == null) {
                continue;
            }
            ObjectNode other = first ? after : before;
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode counterpart = other == null ? null : other.get(field.getKey());
                if (first || counterpart == null) {
                    JsonNode left = first ? field.getValue() : null;
                    JsonNode right = first ? counterpart : field.getValue();
                    changes = field(changes, field.getKey(), left, right, before, after, schema, skipped);
                }
            }
        }
        return changes == null ? null : changes.build();
    }

    private static @Nullable FieldSetBuilder field(
            @Nullable FieldSetBuilder changes,
            String name,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            @Nullable ObjectNode parentBefore,
            @Nullable ObjectNode parentAfter,
            @Nullable Schema parent,
            Set<String> skipped) {
        if (before == after || skipped.contains(name)) {
            return changes;
        }
        JsonNode left = before == null && parentBefore != null ? AlwaysPresent.zero(parent, name) : before;
        JsonNode right = after == null && parentAfter != null ? AlwaysPresent.zero(parent, name) : after;
        boolean metadata = skipped == SystemFields.ROOT && name.equals("metadata");
        Change change =
                compare(left, right, Shape.child(parent, name), metadata ? SystemFields.METADATA : SystemFields.NONE);
        if (change == null) {
            return changes;
        }
        FieldSetBuilder all = changes == null ? new FieldSetBuilder(4) : changes;
        all.append(PathElement.field(name), change.mark(), change.below());
        return all;
    }

    private static @Nullable Change compare(
            @Nullable JsonNode before, @Nullable JsonNode after, @Nullable Schema schema, Set<String> skipped) {
        JsonNode left = before != null && before.isNull() ? null : before;
        JsonNode right = after != null && after.isNull() ? null : after;
        JsonNode shown = right != null ? right : left;
        if (shown == null) {
            return before == after || before != null && after != null ? null : new Change(markOf(before, after), null);
        }
        Shape shape = Shape.of(shown, schema);
        if (left != null
                && right != null
                && left.getNodeType() != right.getNodeType()
                && (left.isContainer() || right.isContainer())) {
            return replaced(left, right, schema);
        }
        if (shape == Shape.LEAF || isEmpty(left) && isEmpty(right)) {
            if (before != null && after != null && (Values.same(before, after) || sameQuantity(left, right, schema))) {
                return null;
            }
            return new Change(markOf(before, after), null);
        }
        FieldSet below = shape == Shape.FIELDS
                ? fields((ObjectNode) left, (ObjectNode) right, schema, skipped)
                : items((ArrayNode) left, (ArrayNode) right, Objects.requireNonNull(schema));
        int mark = before == null ? ADDED : after == null ? REMOVED : 0;
        return mark == 0 && below == null ? null : new Change(mark, below);
    }

    /** Whether both write the same amount: 1, "1" and "1000m" are one value. */
    private static boolean sameQuantity(@Nullable JsonNode left, @Nullable JsonNode right, @Nullable Schema schema) {
        if (left == null || right == null || schema == null || !schema.name().endsWith(".resource.Quantity")) {
            return false;
        }
        try {
            return Quantity.parse(left.asString("")).equals(Quantity.parse(right.asString("")));
        } catch (IllegalArgumentException noQuantity) {
            return false;
        }
    }

    private static int markOf(@Nullable JsonNode before, @Nullable JsonNode after) {
        return before == null ? ADDED : after == null ? REMOVED : MODIFIED;
    }

    private static boolean isEmpty(@Nullable JsonNode container) {
        return container == null || container.isEmpty();
    }

    /** A value of one kind gave way to one of another kind. */
    private static Change replaced(JsonNode before, JsonNode after, @Nullable Schema schema) {
        Change removed = compare(before, null, schema, SystemFields.NONE);
        Change added = compare(null, after, schema, SystemFields.NONE);
        FieldSet removedBelow = removed == null || removed.below() == null ? FieldSet.EMPTY : removed.below();
        FieldSet addedBelow = added == null || added.below() == null ? FieldSet.EMPTY : added.below();
        return new Change(MODIFIED, removedBelow.union(addedBelow));
    }

    private static @Nullable FieldSet items(@Nullable ArrayNode before, @Nullable ArrayNode after, Schema schema) {
        if (before != null && after != null && Values.same(before, after)) {
            return null;
        }
        Map<PathElement, List<JsonNode>> left = index(before, schema);
        Map<PathElement, List<JsonNode>> right = index(after, schema);
        var changes = new FieldSetBuilder(4);
        for (boolean first : FIRST_THEN_SECOND) {
            for (Map.Entry<PathElement, List<JsonNode>> each : (first ? left : right).entrySet()) {
                PathElement step = each.getKey();
                List<JsonNode> others = (first ? right : left).getOrDefault(step, List.of());
                if (first || others.isEmpty()) {
                    item(changes, step, first ? each.getValue() : others, first ? others : each.getValue(), schema);
                }
            }
        }
        return changes.isEmpty() ? null : changes.build();
    }

    /** An item that is there more than once is compared as one: ownership cannot tell the copies apart. */
    private static void item(
            FieldSetBuilder changes, PathElement step, List<JsonNode> before, List<JsonNode> after, Schema list) {
        Schema schema = list.items();
        boolean severalBefore = before.size() > 1;
        boolean severalAfter = after.size() > 1;
        if (severalBefore && severalAfter) {
            boolean same = before.size() == after.size();
            for (int i = 0; same && i < before.size(); i++) {
                same = Values.same(before.get(i), after.get(i));
            }
            append(changes, step, same ? null : new Change(MODIFIED, null));
            return;
        }
        if (severalBefore && after.isEmpty()) {
            append(changes, step, new Change(REMOVED, null));
            return;
        }
        JsonNode left = severalBefore || before.isEmpty() ? null : before.getFirst();
        JsonNode right = severalAfter || after.isEmpty() ? null : after.getFirst();
        append(changes, step, compare(left, right, schema, SystemFields.NONE));
        if (severalAfter) {
            append(changes, step, new Change(ADDED, null));
        }
    }

    private static void append(FieldSetBuilder changes, PathElement step, @Nullable Change change) {
        if (change != null) {
            changes.append(step, change.mark(), change.below());
        }
    }

    private static Map<PathElement, List<JsonNode>> index(@Nullable ArrayNode list, Schema schema) {
        Map<PathElement, List<JsonNode>> index = new LinkedHashMap<>();
        if (list != null) {
            for (JsonNode item : list) {
                PathElement step = ListItems.stepOrNull(item, schema);
                if (step != null) {
                    index.computeIfAbsent(step, same -> new ArrayList<>(1)).add(item);
                }
            }
        }
        return index;
    }
}
