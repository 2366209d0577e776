package io.kubespring.apimachinery.patch;

import io.kubespring.api.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The order of a merged list's items, with or without {@code $setElementOrder/<list>}. */
final class ListOrder {

    private ListOrder() {}

    /** Merges every list that the patch orders explicitly and takes it, with its directive, out of the patch. */
    static void mergeOrderedLists(ObjectNode original, ObjectNode patch, @Nullable Schema schema) {
        for (Map.Entry<String, JsonNode> field : List.copyOf(patch.properties())) {
            if (field.getKey().startsWith(StrategicMergePatch.SET_ORDER)) {
                patch.remove(field.getKey());
                String name = field.getKey().substring(StrategicMergePatch.SET_ORDER.length());
                mergeOrdered(
                        original, patch, name, asList(field.getValue()), schema == null ? null : schema.child(name));
            }
        }
    }

    private static void mergeOrdered(
            ObjectNode original, ObjectNode patch, String name, ArrayNode order, @Nullable Schema schema) {
        JsonNode existing = original.get(name);
        JsonNode changes = patch.get(name);
        if (changes != null && changes.isNull()) {
            return;
        }
        String key = schema == null || schema.patchMergeKey() == null ? "" : schema.patchMergeKey();
        if (changes != null) {
            checkOrder(asList(changes), order, key);
        }
        ArrayNode merged;
        if (existing == null || existing.isNull()) {
            if (changes == null) {
                return;
            }
            merged = (ArrayNode) StrategicMergePatch.withoutDirectives(asList(changes));
        } else if (changes == null) {
            merged = asList(existing);
        } else if (StrategicMergePatch.merges(schema)) {
            merged = ListMerge.merge(asList(existing), asList(changes), schema);
        } else {
            merged = asList(changes);
        }
        ArrayNode serverOrder =
                existing == null || existing.isNull() ? JsonNodeFactory.instance.arrayNode() : asList(existing);
        if (merged != null) {
            original.set(name, arrange(merged, order, serverOrder, key));
        }
        patch.remove(name);
    }

    /** The patch's items must stand in the declared order. */
    private static void checkOrder(ArrayNode changes, ArrayNode order, String key) {
        if (order.isEmpty()) {
            return;
        }
        int at = 0;
        for (JsonNode change : changes) {
            if (change.has(StrategicMergePatch.DIRECTIVE)) {
                continue;
            }
            while (at < order.size() && !identity(order.get(at), key).equals(identity(change, key))) {
                at++;
            }
            if (at == order.size()) {
                throw PatchErrors.badRequest("The order in patch list:\n" + GoText.of(changes) + "\n doesn't match "
                        + StrategicMergePatch.SET_ORDER + " list:\n" + GoText.of(order) + "\n");
            }
            at++;
        }
    }

    /**
     * Puts items named by {@code patchOrder} into its order, the others into the server's, and zips both so that a
     * server-only item stays before whatever it stood before.
     *
     * @param key the merge key; empty for scalars
     */
    static ArrayNode arrange(ArrayNode items, ArrayNode patchOrder, ArrayNode serverOrder, String key) {
        Map<JsonNode, Integer> patchPlaces = places(patchOrder, key);
        Map<JsonNode, Integer> serverPlaces = places(serverOrder, key);
        var patched = new ArrayList<JsonNode>();
        var serverOnly = new ArrayList<JsonNode>();
        for (JsonNode item : items) {
            (patchPlaces.containsKey(identity(item, key)) ? patched : serverOnly).add(item);
        }
        patched.sort(by(patchPlaces, key));
        serverOnly.sort(by(serverPlaces, key));
        return zip(serverOnly, patched, serverPlaces, key);
    }

    private static ArrayNode zip(
            List<JsonNode> serverOnly, List<JsonNode> patched, Map<JsonNode, Integer> serverPlaces, String key) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        int left = 0;
        int right = 0;
        while (left < serverOnly.size() || right < patched.size()) {
            boolean takeLeft = right == patched.size();
            if (!takeLeft && left < serverOnly.size()) {
                Integer leftPlace = serverPlaces.get(identity(serverOnly.get(left), key));
                Integer rightPlace = serverPlaces.get(identity(patched.get(right), key));
                takeLeft = leftPlace != null && rightPlace != null && leftPlace < rightPlace;
            }
            all.add(takeLeft ? serverOnly.get(left++) : patched.get(right++));
        }
        return all;
    }

    private static Comparator<JsonNode> by(Map<JsonNode, Integer> places, String key) {
        return Comparator.comparingInt(item -> places.getOrDefault(identity(item, key), Integer.MAX_VALUE));
    }

    /** Where each item first stands. */
    static Map<JsonNode, Integer> places(ArrayNode list, String key) {
        Map<JsonNode, Integer> places = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            places.putIfAbsent(identity(list.get(i), key), i);
        }
        return places;
    }

    private static JsonNode identity(JsonNode item, String key) {
        return key.isEmpty() ? item : ListMerge.keyOf(item, key);
    }

    private static ArrayNode asList(JsonNode value) {
        if (value instanceof ArrayNode list) {
            return list;
        }
        throw PatchErrors.badRequest("invalid patch format of setElementOrder list");
    }
}
