package io.kubespring.apiserver.admission.plugins;

import tools.jackson.databind.JsonNode;

/** Short readers of object trees; what is absent is empty. */
final class Trees {

    private Trees() {}

    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    static boolean hasAnnotation(JsonNode object, String key) {
        return object.path("metadata").path("annotations").has(key);
    }

    /** Absent, null and [] are all empty. */
    static boolean isEmpty(JsonNode node, String field) {
        return node.path(field).isEmpty();
    }
}
