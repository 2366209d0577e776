package io.kubespring.apiserver.kinds;

import io.kubespring.api.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes a tree at a JSON pointer; what is missing on the way is made. */
final class Pointers {

    private Pointers() {}

    static void set(ObjectNode root, String pointer, JsonNode value) {
        String[] steps = pointer.substring(1).split("/", -1);
        JsonNode at = root;
        for (int i = 0; i < steps.length - 1; i++) {
            at = step(at, unescape(steps[i]), steps[i + 1]);
        }
        String last = unescape(steps[steps.length - 1]);
        switch (at) {
            case ObjectNode object when value.isNull() -> object.remove(last);
            case ObjectNode object -> object.set(last, value);
            case ArrayNode array when value.isNull() -> array.remove(Integer.parseInt(last));
            case ArrayNode array when Integer.parseInt(last) == array.size() -> array.add(value);
            case ArrayNode array -> array.set(Integer.parseInt(last), value);
            default -> throw new IllegalArgumentException(pointer + " leads through a scalar");
        }
    }

    private static JsonNode step(JsonNode at, String step, String following) {
        JsonNode found = at instanceof ArrayNode array ? array.path(Integer.parseInt(step)) : at.path(step);
        if (found.isContainer()) {
            return found;
        }
        JsonNode made = following.matches("\\d+") ? Json.mapper().createArrayNode() : Json.object();
        if (at instanceof ArrayNode array) {
            array.add(made);
        } else {
            ((ObjectNode) at).set(step, made);
        }
        return made;
    }

    private static String unescape(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }
}
