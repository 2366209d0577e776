package io.kubespring.apimachinery.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads fields of an object that may have any part missing. */
final class Fields {

    static final String NONE = "<none>";
    static final String UNSET = "<unset>";

    private Fields() {}

    static JsonNode at(JsonNode object, String... path) {
        JsonNode found = object;
        for (String each : path) {
            found = found.path(each);
        }
        return found;
    }

    /** The text there, or empty. */
    static String text(JsonNode object, String... path) {
        return at(object, path).asString("");
    }

    static String textOr(String fallback, JsonNode object, String... path) {
        String text = text(object, path);
        return text.isEmpty() ? fallback : text;
    }

    static long number(JsonNode object, String... path) {
        return at(object, path).asLong(0);
    }

    static boolean deleted(JsonNode object) {
        return at(object, "metadata", "deletionTimestamp").isString();
    }

    /** "a=b,c=d" sorted by key, or none. */
    static String labels(JsonNode labels) {
        Map<String, String> sorted = new TreeMap<>();
        labels.properties()
                .forEach(each -> sorted.put(each.getKey(), each.getValue().asString("")));
        return sorted.isEmpty()
                ? NONE
                : sorted.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(","));
    }

    /** One field of every item, joined by commas; empty without items. */
    static String joined(JsonNode list, String field) {
        return list.valueStream().map(each -> text(each, field)).collect(Collectors.joining(","));
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asString("")));
        return texts;
    }

    /** The condition of that type, or null. */
    static @Nullable JsonNode condition(JsonNode object, String type) {
        for (JsonNode each : at(object, "status", "conditions")) {
            if (text(each, "type").equals(type)) {
                return each;
            }
        }
        return null;
    }

    static boolean conditionTrue(JsonNode object, String type) {
        JsonNode condition = condition(object, type);
        return condition != null && text(condition, "status").equals("True");
    }

    /** The first three, and how many more there are. */
    static String firstThree(List<String> all) {
        String shown = String.join(",", all.subList(0, Math.min(3, all.size())));
        return all.size() > 3 ? shown + " + " + (all.size() - 3) + " more..." : shown;
    }

    /** "True", "False" or unset. */
    static String flag(JsonNode value) {
        return !value.isBoolean() ? UNSET : value.booleanValue() ? "True" : "False";
    }
}
