package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Removes from a merged object what its applier stated last time, states no longer, and nobody else owns. What stands
 * inside a removed item without an owner of its own goes with it.
 */
final class Pruning {

    private Pruning() {}

    /**
     * Prunes.
     *
     * @param last what the applier owned before
     * @param owned what everybody owns now, the applier's new configuration included
     */
    static ObjectNode prune(ObjectNode merged, FieldSet last, FieldSet owned, Schema schema) {
        FieldSet lastNamed = withNamedFields(last, schema);
        FieldSet everything = withNamedFields(OwnedFields.of(merged, schema), schema);
        FieldSet ownedNamed = withNamedFields(owned, schema);

        ObjectNode withoutLast = remove(merged, lastNamed, schema);
        FieldSet kept = withNamedFields(OwnedFields.of(withoutLast, schema), schema);
        ObjectNode ownedAgain = remove(merged, everything.difference(kept.union(ownedNamed)), schema);

        FieldSet stillThere = withNamedFields(OwnedFields.of(ownedAgain, schema), schema);
        return remove(merged, everything.difference(stillThere).intersection(lastNamed), schema);
    }

    /** The set and every declared field on the way to its members. */
    static FieldSet withNamedFields(FieldSet set, @Nullable Schema schema) {
        var named = new FieldSetBuilder(set.size());
        for (int i = 0; i < set.size(); i++) {
            PathElement step = set.step(i);
            FieldSet child = set.child(i);
            String field = step.fieldName();
            Schema childSchema = field != null ? Shape.child(schema, field) : step.isKey() ? Shape.items(schema) : null;
            boolean declared = child != null && field != null && Shape.declares(schema, field);
            named.append(
                    step,
                    declared ? FieldSet.MEMBER : set.marks(i),
                    child == null ? null : withNamedFields(child, childSchema));
        }
        return named.build();
    }

    /** A copy without the members of {@code gone}. */
    static ObjectNode remove(ObjectNode object, FieldSet gone, Schema schema) {
        return fields(object, gone, schema);
    }

    private static ObjectNode fields(ObjectNode object, FieldSet gone, @Nullable Schema schema) {
        ObjectNode kept = Json.object();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            PathElement step = PathElement.field(field.getKey());
            if (gone.has(step)) {
                continue;
            }
            FieldSet below = gone.below(step);
            JsonNode value = below.isEmpty()
                    ? field.getValue().deepCopy()
                    : removeBelow(field.getValue(), below, Shape.child(schema, field.getKey()));
            boolean emptied = !below.isEmpty() && value.isContainer() && value.isEmpty();
            if (!emptied) {
                kept.set(field.getKey(), value);
            }
        }
        return kept;
    }

    private static JsonNode removeBelow(JsonNode value, FieldSet gone, @Nullable Schema schema) {
        return switch (Shape.of(value, schema)) {
            case LEAF -> value.deepCopy();
            case FIELDS -> fields((ObjectNode) value, gone, schema);
            case ITEMS -> items((ArrayNode) value, gone, Objects.requireNonNull(schema));
        };
    }

    private static ArrayNode items(ArrayNode list, FieldSet gone, Schema schema) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : list) {
            PathElement step = ListItems.stepOrNull(item, schema);
            if (step == null || !gone.has(step)) {
                FieldSet below = step == null ? FieldSet.EMPTY : gone.below(step);
                kept.add(below.isEmpty() ? item.deepCopy() : removeBelow(item, below, schema.items()));
            }
        }
        return kept;
    }
}
