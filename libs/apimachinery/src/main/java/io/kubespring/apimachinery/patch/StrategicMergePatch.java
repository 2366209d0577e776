package io.kubespring.apimachinery.patch;

import io.kubespring.api.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strategic merge patch: a merge patch whose lists merge by the key that the schema declares, with the directives
 * {@code $patch}, {@code $retainKeys}, {@code $setElementOrder/<list>} and {@code $deleteFromPrimitiveList/<list>}.
 *
 * <p>Works on copies that it may change freely; a field that the schema does not know is merged like an untyped one.
 */
public final class StrategicMergePatch {

    static final String DIRECTIVE = "$patch";
    static final String RETAIN_KEYS = "$retainKeys";
    static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList/";
    static final String SET_ORDER = "$setElementOrder/";

    private StrategicMergePatch() {}

    /** The patched object; neither argument is changed. */
    public static ObjectNode apply(ObjectNode current, ObjectNode patch, Schema schema) {
        return mergeObject(current.deepCopy(), patch.deepCopy(), schema);
    }

    static ObjectNode mergeObject(ObjectNode original, ObjectNode patch, @Nullable Schema schema) {
        JsonNode directive = patch.get(DIRECTIVE);
        if (directive != null) {
            return replaceOrDelete(directive, patch);
        }
        retainKeys(original, patch);
        ListOrder.mergeOrderedLists(original, patch, schema);
        for (Map.Entry<String, JsonNode> field : List.copyOf(patch.properties())) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (name.startsWith(DELETE_FROM_LIST)) {
                deleteFromList(original, name.substring(DELETE_FROM_LIST.length()), value);
            } else {
                mergeField(original, name, value, schema);
            }
        }
        return original;
    }

    private static void deleteFromList(ObjectNode original, String name, JsonNode deleted) {
        if (!(deleted instanceof ArrayNode items)) {
            throw PatchErrors.badRequest("invalid patch format of primitive list");
        }
        if (original.get(name) instanceof ArrayNode list) {
            original.set(name, PrimitiveLists.without(list, items));
        }
    }

    private static void mergeField(ObjectNode original, String name, JsonNode value, @Nullable Schema schema) {
        if (value.isNull()) {
            original.remove(name);
            return;
        }
        JsonNode existing = original.get(name);
        Schema child = schema == null ? null : schema.child(name);
        switch (value) {
            case ObjectNode patch
            when existing instanceof ObjectNode object ->
                original.set(name, replaces(child) ? patch : mergeObject(object, patch, child));
            case ArrayNode patch
            when existing instanceof ArrayNode list && merges(child) ->
                original.set(name, ListMerge.merge(list, patch, child));
            case JsonNode patch -> putClean(original, name, patch);
        }
    }

    /** Sets a value that has nothing to merge with: its nulls and directives mean nothing there. */
    private static void putClean(ObjectNode original, String name, JsonNode value) {
        JsonNode clean = withoutDirectives(value);
        if (clean == null) {
            original.remove(name);
        } else {
            original.set(name, clean);
        }
    }

    static boolean merges(@Nullable Schema schema) {
        return schema != null && schema.patchStrategies().contains(Schema.PatchStrategy.MERGE);
    }

    private static boolean replaces(@Nullable Schema schema) {
        return schema != null && schema.patchStrategies().contains(Schema.PatchStrategy.REPLACE);
    }

    private static ObjectNode replaceOrDelete(JsonNode directive, ObjectNode patch) {
        switch (directive.asString("")) {
            case "replace" -> {
                patch.remove(DIRECTIVE);
                return patch;
            }
            case "delete" -> {
                return JsonNodeFactory.instance.objectNode();
            }
            default -> throw badPatchType(directive, patch);
        }
    }

    static RuntimeException badPatchType(JsonNode directive, ObjectNode patch) {
        return PatchErrors.badRequest("unknown patch type: " + directive.asString("") + " in map: " + GoText.of(patch));
    }

    private static void retainKeys(ObjectNode original, ObjectNode patch) {
        JsonNode retained = patch.remove(RETAIN_KEYS);
        if (retained == null) {
            return;
        }
        if (!(retained instanceof ArrayNode)) {
            throw PatchErrors.badRequest("invalid patch format of retainKeys");
        }
        var keep = new ArrayList<String>();
        retained.forEach(key -> keep.add(key.asString("")));
        for (var field : patch.properties()) {
            String name = field.getKey();
            boolean directive = name.startsWith(DELETE_FROM_LIST) || name.startsWith(SET_ORDER);
            if (!directive && !field.getValue().isNull() && !keep.contains(name)) {
                throw PatchErrors.badRequest("invalid patch format of retainKeys");
            }
        }
        original.retain(keep);
    }

    /** The value without nulls in objects and without anything that carries a directive; null if nothing is left. */
    static @Nullable JsonNode withoutDirectives(JsonNode value) {
        if (value instanceof ObjectNode object) {
            if (object.has(DIRECTIVE)) {
                return null;
            }
            ObjectNode clean = JsonNodeFactory.instance.objectNode();
            for (var field : object.properties()) {
                JsonNode child = field.getValue().isNull() ? null : withoutDirectives(field.getValue());
                if (child != null && !isDirective(field.getKey())) {
                    clean.set(field.getKey(), child);
                }
            }
            return clean;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode clean = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : list) {
                JsonNode kept = withoutDirectives(item);
                if (kept != null) {
                    clean.add(kept);
                }
            }
            return clean;
        }
        return value;
    }

    private static boolean isDirective(String name) {
        return name.startsWith(SET_ORDER) || name.startsWith(DELETE_FROM_LIST) || name.equals(RETAIN_KEYS);
    }
}
