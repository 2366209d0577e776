package io.kubespring.kinds.rbac;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads strings leniently from stored trees: what is absent or of another type is empty. */
final class JsonStrings {

    private JsonStrings() {}

    static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    static List<String> list(JsonNode object, String field) {
        JsonNode array = object.path(field);
        if (!array.isArray() || array.isEmpty()) {
            return List.of();
        }
        var strings = new ArrayList<String>(array.size());
        for (JsonNode each : array) {
            strings.add(each.asString(""));
        }
        return List.copyOf(strings);
    }
}
