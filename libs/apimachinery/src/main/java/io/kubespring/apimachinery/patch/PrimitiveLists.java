package io.kubespring.apimachinery.patch;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lists of scalars that merge by value (finalizers). */
final class PrimitiveLists {

    private PrimitiveLists() {}

    static ArrayNode without(ArrayNode list, ArrayNode deleted) {
        Set<JsonNode> gone = new HashSet<>();
        deleted.forEach(gone::add);
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : list) {
            if (!gone.contains(item)) {
                kept.add(item);
            }
        }
        return kept;
    }

    static ArrayNode union(ArrayNode list, ArrayNode added) {
        Set<JsonNode> all = new LinkedHashSet<>();
        list.forEach(all::add);
        added.forEach(all::add);
        ArrayNode union = JsonNodeFactory.instance.arrayNode();
        all.forEach(union::add);
        return union;
    }
}
