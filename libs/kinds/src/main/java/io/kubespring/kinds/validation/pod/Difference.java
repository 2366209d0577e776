package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Semantics;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What differs between two objects, a line for each side of each field: for people who read an error. */
final class Difference {

    private Difference() {}

    static String between(JsonNode before, JsonNode after) {
        var lines = new StringBuilder();
        append(before, after, "", lines);
        return lines.toString();
    }

    private static void append(JsonNode before, JsonNode after, String path, StringBuilder lines) {
        if (Semantics.equal(before, after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            var fields = new TreeSet<String>(before.propertyNames());
            fields.addAll(after.propertyNames());
            for (String field : fields) {
                append(before.path(field), after.path(field), path.isEmpty() ? field : path + "." + field, lines);
            }
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                append(before.get(i), after.get(i), path + "[" + i + "]", lines);
            }
        } else {
            line('-', path, before, lines);
            line('+', path, after, lines);
        }
    }

    private static void line(char sign, String path, JsonNode value, StringBuilder lines) {
        lines.append(sign)
                .append(' ')
                .append(path)
                .append(": ")
                .append(value.isMissingNode() ? "nil" : value.toString())
                .append('\n');
    }
}
