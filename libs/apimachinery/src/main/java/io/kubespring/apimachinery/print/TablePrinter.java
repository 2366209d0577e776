package io.kubespring.apimachinery.print;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Renders objects of one kind as a {@code meta.k8s.io/v1 Table}. Stateless; never changes an object. */
public final class TablePrinter {

    /** A table without list metadata, which is the caller's to add. */
    public ObjectNode table(GroupVersionKind kind, Iterable<ObjectNode> objects, TableOptions options, Instant now) {
        List<Column> columns = KindColumns.of(kind);
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata");
        if (options.noHeaders()) {
            table.putNull("columnDefinitions");
        } else {
            define(table.putArray("columnDefinitions"), columns);
        }
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode each : objects) {
            fill(rows.addObject(), columns, each, options, now);
        }
        return table;
    }

    private static void define(ArrayNode definitions, List<Column> columns) {
        for (Column each : columns) {
            definitions
                    .addObject()
                    .put("name", each.title())
                    .put("type", each.type())
                    .put("format", each.format())
                    .put("description", each.description())
                    .put("priority", each.priority());
        }
    }

    private static void fill(
            ObjectNode row, List<Column> columns, ObjectNode object, TableOptions options, Instant now) {
        ArrayNode cells = row.putArray("cells");
        for (Column each : columns) {
            cells.add(each.cell().apply(object, now));
        }
        ArrayNode conditions = PodColumns.rowConditions(object);
        if (!conditions.isEmpty()) {
            row.set("conditions", conditions);
        }
        switch (options.include()) {
            case NONE -> row.set("object", JsonNodeFactory.instance.nullNode());
            case METADATA -> {
                ObjectNode partial = row.putObject("object")
                        .put("kind", "PartialObjectMetadata")
                        .put("apiVersion", "meta.k8s.io/v1");
                partial.set("metadata", object.path("metadata"));
            }
            case OBJECT -> row.set("object", object);
        }
    }
}
