package io.kubespring.controllers.garbagecollector;

import io.kubespring.api.json.Json;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps of an object only what the graph needs: thousands of objects are held. */
final class Slimmer implements UnaryOperator<ObjectNode> {

    private static final List<String> FIELDS = List.of(
            "name", "namespace", "uid", "resourceVersion", "deletionTimestamp", "ownerReferences", "finalizers");

    @Override
    public ObjectNode apply(ObjectNode object) {
        ObjectNode slim = Json.object();
        ObjectNode metadata = slim.putObject("metadata");
        for (String field : FIELDS) {
            JsonNode value = object.path("metadata").get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        return slim;
    }
}
