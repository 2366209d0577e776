package io.kubespring.apimachinery.patch;

import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints a value as Go's {@code %v} does: what upstream's patch errors quote. */
final class GoText {

    private GoText() {}

    static String of(JsonNode value) {
        var text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(StringBuilder text, JsonNode value) {
        switch (value) {
            case ObjectNode object -> {
                text.append("map[");
                var sorted = new TreeMap<String, JsonNode>();
                object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
                sorted.forEach((name, child) -> {
                    separate(text);
                    text.append(name).append(':');
                    append(text, child);
                });
                text.append(']');
            }
            case ArrayNode list -> {
                text.append('[');
                for (JsonNode item : list) {
                    separate(text);
                    append(text, item);
                }
                text.append(']');
            }
            default -> text.append(value.isNull() ? "<nil>" : value.asString());
        }
    }

    private static void separate(StringBuilder text) {
        if (text.charAt(text.length() - 1) != '[') {
            text.append(' ');
        }
    }
}
