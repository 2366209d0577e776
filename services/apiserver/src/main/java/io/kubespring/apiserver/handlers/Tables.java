package io.kubespring.apiserver.handlers;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Renders objects as {@code meta.k8s.io/v1 Table}s. */
public final class Tables {

    private final TimeSource time;

    public Tables(TimeSource time) {
        this.time = time;
    }

    /** @param listMetadata resourceVersion, continue and remainingItemCount of the list */
    ObjectNode of(Call call, Iterable<ObjectNode> objects, JsonNode listMetadata) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        ObjectNode metadata = table.putObject("metadata");
        for (String field : new String[] {"resourceVersion", "continue", "remainingItemCount"}) {
            JsonNode value = listMetadata.get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        var columns = table.putArray("columnDefinitions");
        columns.addObject()
                .put("name", "Name")
                .put("type", "string")
                .put("format", "name")
                .put("description", "")
                .put("priority", 0);
        columns.addObject()
                .put("name", "Created At")
                .put("type", "date")
                .put("format", "")
                .put("description", "")
                .put("priority", 0);
        var rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            row.putArray("cells")
                    .add(object.path("metadata").path("name"))
                    .add(object.path("metadata").path("creationTimestamp"));
            row.set("object", ObjectAnswers.partial(object));
        }
        return table;
    }
}
