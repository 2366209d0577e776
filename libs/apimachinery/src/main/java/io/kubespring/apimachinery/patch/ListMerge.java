package io.kubespring.apimachinery.patch;

import io.kubespring.api.schema.Schema;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges a list of the merge strategy: scalars by value, objects by their merge key (the first item of a key counts,
 * as upstream). The result keeps the patch's order among patched items and the server's among the others.
 */
final class ListMerge {

    private ListMerge() {}

    static ArrayNode merge(ArrayNode original, ArrayNode patch, @Nullable Schema schema) {
        if (original.isEmpty() && patch.isEmpty()) {
            return original;
        }
        if (!holdsObjects(original, patch)) {
            return ListOrder.arrange(PrimitiveLists.union(original, patch), patch, original, "");
        }
        String key = schema == null ? null : schema.patchMergeKey();
        if (schema == null || key == null) {
            String name = schema == null || schema.items() == null
                    ? ""
                    : schema.items().name();
            throw PatchErrors.badRequest("cannot merge lists without merge key for " + name);
        }
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        ArrayNode base = applyDirectives(original, patch, key, changes);
        ArrayNode merged = mergeItems(base, changes, key, schema.items());
        return ListOrder.arrange(merged, changes, base, key);
    }

    /** Whether the items are objects; a list that mixes kinds of items is refused. */
    private static boolean holdsObjects(ArrayNode original, ArrayNode patch) {
        JsonNode first = original.isEmpty() ? patch.get(0) : original.get(0);
        if (first.isArray()) {
            throw PatchErrors.unprocessable();
        }
        for (ArrayNode list : new ArrayNode[] {original, patch}) {
            for (JsonNode item : list) {
                if (item.getNodeType() != first.getNodeType()) {
                    throw PatchErrors.badRequest("list element types are not identical: [" + GoText.of(original) + " "
                            + GoText.of(patch) + "]");
                }
            }
        }
        return first.isObject();
    }

    /** Carries out {@code $patch} items; what else the patch holds goes into {@code changes}. */
    private static ArrayNode applyDirectives(ArrayNode original, ArrayNode patch, String key, ArrayNode changes) {
        Set<JsonNode> deleted = new HashSet<>();
        boolean replace = false;
        for (JsonNode item : patch) {
            var change = (ObjectNode) item;
            JsonNode directive = change.get(StrategicMergePatch.DIRECTIVE);
            if (directive == null) {
                changes.add(change);
                continue;
            }
            switch (directive.asString("")) {
                case "delete" -> deleted.add(keyOf(change, key));
                case "replace" -> replace = true;
                case "merge" -> throw PatchErrors.badRequest("merging lists cannot yet be specified in the patch");
                default -> throw StrategicMergePatch.badPatchType(directive, change);
            }
        }
        if (replace) {
            return JsonNodeFactory.instance.arrayNode();
        }
        return deleted.isEmpty() ? original : without(original, key, deleted);
    }

    private static ArrayNode without(ArrayNode list, String key, Set<JsonNode> deleted) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : list) {
            JsonNode value = item.get(key);
            if (value == null || !deleted.contains(value)) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static ArrayNode mergeItems(ArrayNode base, ArrayNode changes, String key, @Nullable Schema items) {
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        merged.addAll(base);
        Map<JsonNode, Integer> places = ListOrder.places(base, key);
        for (JsonNode item : changes) {
            var change = (ObjectNode) item;
            JsonNode value = keyOf(change, key);
            Integer place = places.get(value);
            if (place != null) {
                merged.set(place, StrategicMergePatch.mergeObject((ObjectNode) merged.get(place), change, items));
                continue;
            }
            places.put(value, merged.size());
            JsonNode clean = StrategicMergePatch.withoutDirectives(change);
            merged.add(clean == null ? change : clean);
        }
        return merged;
    }

    static JsonNode keyOf(JsonNode item, String key) {
        JsonNode value = item.get(key);
        if (value == null) {
            throw PatchErrors.badRequest("map: " + GoText.of(item) + " does not contain declared merge key: " + key);
        }
        return value;
    }
}
