package io.kubespring.apiserver.registry;

import io.kubespring.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reading and writing {@code metadata} in a tree. */
final class Metadata {

    private Metadata() {}

    /** The object's metadata, made if missing or of a wrong type. */
    static ObjectNode of(ObjectNode object) {
        return object.get("metadata") instanceof ObjectNode metadata ? metadata : object.putObject("metadata");
    }

    /** Empty if absent. */
    static String text(ObjectNode object, String field) {
        JsonNode value = object.path("metadata").get(field);
        return value == null || value.isNull() ? "" : value.asString();
    }

    static String name(ObjectNode object) {
        return text(object, "name");
    }

    static boolean deleting(ObjectNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    static List<String> finalizers(ObjectNode object) {
        List<String> found = new ArrayList<>();
        object.path("metadata").path("finalizers").forEach(each -> found.add(each.asString()));
        return found;
    }

    static void setFinalizers(ObjectNode object, List<String> finalizers) {
        ObjectNode metadata = of(object);
        if (finalizers.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            var array = Json.mapper().createArrayNode();
            finalizers.forEach(array::add);
            metadata.set("finalizers", array);
        }
    }

    /** Takes one field of metadata as it was. */
    static void keep(String field, ObjectNode next, ObjectNode current) {
        JsonNode old = current.path("metadata").get(field);
        if (old == null) {
            of(next).remove(field);
        } else {
            of(next).set(field, old);
        }
    }
}
