package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Names the items of associative lists: by their keys (absent ones by the key's default), or by their value. */
final class ListItems {

    private ListItems() {}

    /**
     * The step to an item.
     *
     * @throws IllegalArgumentException with upstream's wording if the item cannot be named
     */
    static PathElement step(JsonNode item, Schema list) {
        return list.listType() == Schema.ListType.MAP ? byKeys(item, list) : byValue(item);
    }

    /** The same, or null if the item cannot be named. */
    static @Nullable PathElement stepOrNull(JsonNode item, Schema list) {
        try {
            return step(item, list);
        } catch (IllegalArgumentException unnamed) {
            return null;
        }
    }

    private static PathElement byKeys(JsonNode item, Schema list) {
        if (item.isNull()) {
            throw new IllegalArgumentException("associative list with keys may not have a null element");
        }
        if (!(item instanceof ObjectNode object)) {
            throw new IllegalArgumentException("associative list with keys may not have non-map elements");
        }
        ObjectNode keys = Json.object();
        for (String name : list.mapKeys()) {
            JsonNode value = object.get(name);
            if (value == null) {
                value = defaultOf(list, name);
            }
            if (value != null) {
                keys.set(name, value);
            }
        }
        if (keys.isEmpty()) {
            String names = list.mapKeys().stream().map(key -> '"' + key + '"').collect(Collectors.joining(" "));
            throw new IllegalArgumentException("associative list with keys has an element that omits all key fields ["
                    + names + "] (and doesn't have default values for any key fields)");
        }
        return PathElement.key(keys);
    }

    private static @Nullable JsonNode defaultOf(Schema list, String key) {
        Schema items = list.items();
        Schema field = items == null ? null : items.property(key);
        return field == null ? null : field.defaultValue();
    }

    private static PathElement byValue(JsonNode item) {
        if (item.isObject()) {
            throw new IllegalArgumentException("associative list without keys has an element that's a map type");
        }
        if (item.isArray()) {
            throw new IllegalArgumentException("not supported: associative list with lists as elements");
        }
        if (item.isNull()) {
            throw new IllegalArgumentException("associative list without keys has an element that's an explicit null");
        }
        return PathElement.value(item);
    }
}
