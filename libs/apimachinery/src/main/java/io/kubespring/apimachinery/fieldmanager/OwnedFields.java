package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.schema.Schema;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The set of fields that a configuration states, which is what its applier owns. */
final class OwnedFields {

    private OwnedFields() {}

    static FieldSet of(ObjectNode object, Schema schema) {
        return fields(object, schema);
    }

    private static FieldSet fields(ObjectNode object, @Nullable Schema schema) {
        var set = new FieldSetBuilder(object.size());
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            Schema child = Shape.child(schema, field.getKey());
            boolean leaf = Shape.of(value, child) == Shape.LEAF;
            boolean member = leaf || value.isObject() && value.isEmpty() || !Shape.declares(schema, field.getKey());
            set.append(
                    PathElement.field(field.getKey()), member ? FieldSet.MEMBER : 0, leaf ? null : below(value, child));
        }
        return set.build();
    }

    private static FieldSet below(JsonNode value, @Nullable Schema schema) {
        return value instanceof ObjectNode object
                ? fields(object, schema)
                : items((ArrayNode) value, Objects.requireNonNull(schema));
    }

    private static FieldSet items(ArrayNode list, Schema schema) {
        var set = new FieldSetBuilder(list.size());
        Schema items = schema.items();
        Set<PathElement> seen = new HashSet<>();
        Set<PathElement> repeated = new HashSet<>();
        for (JsonNode item : list) {
            PathElement step = ListItems.stepOrNull(item, schema);
            if (step != null && !seen.add(step)) {
                repeated.add(step);
            }
        }
        for (JsonNode item : list) {
            PathElement step = ListItems.stepOrNull(item, schema);
            if (step != null) {
                boolean leaf = repeated.contains(step) || Shape.of(item, items) == Shape.LEAF;
                set.append(step, FieldSet.MEMBER, leaf ? null : below(item, items));
            }
        }
        return set.build();
    }
}
