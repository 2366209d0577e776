package io.kubespring.apimachinery.patch;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Merge Patch (RFC 7386): null removes, objects merge, everything else replaces. */
public final class MergePatch {

    private MergePatch() {}

    /** The patched object; shares no mutable part with the arguments. */
    public static ObjectNode apply(ObjectNode current, ObjectNode patch) {
        ObjectNode result = current.deepCopy();
        mergeInto(result, patch);
        return result;
    }

    private static void mergeInto(ObjectNode target, ObjectNode patch) {
        for (var field : patch.properties()) {
            JsonNode value = field.getValue();
            String name = field.getKey();
            if (value.isNull()) {
                target.remove(name);
            } else if (value instanceof ObjectNode nested) {
                if (!(target.get(name) instanceof ObjectNode)) {
                    target.putObject(name);
                }
                mergeInto((ObjectNode) target.get(name), nested);
            } else {
                target.set(name, value.deepCopy());
            }
        }
    }
}
