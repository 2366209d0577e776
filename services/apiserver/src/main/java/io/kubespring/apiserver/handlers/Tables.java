package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apimachinery.print.TableOptions;
import io.kubespring.apimachinery.print.TableOptions.IncludeObject;
import io.kubespring.apimachinery.print.TablePrinter;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Renders objects as {@code meta.k8s.io/v1 Table}s. */
public final class Tables {

    private static final List<String> LIST_METADATA = List.of("resourceVersion", "continue", "remainingItemCount");

    private final TablePrinter printer = new TablePrinter();
    private final TimeSource time;

    public Tables(TimeSource time) {
        this.time = time;
    }

    /** @param listMetadata resourceVersion, continue and remainingItemCount of the list */
    ObjectNode of(Call call, Iterable<ObjectNode> objects, JsonNode listMetadata) {
        return of(call, objects, listMetadata, false);
    }

    /** @param noHeaders leaves the column definitions out */
    ObjectNode of(Call call, Iterable<ObjectNode> objects, JsonNode listMetadata, boolean noHeaders) {
        ObjectNode table = printer.table(call.type(), objects, new TableOptions(include(call), noHeaders), time.now());
        ObjectNode metadata = (ObjectNode) table.get("metadata");
        for (String field : LIST_METADATA) {
            JsonNode value = listMetadata.get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        return table;
    }

    private static IncludeObject include(Call call) {
        String asked = call.request().query().firstOr("includeObject", "Metadata");
        return switch (asked) {
            case "None" -> IncludeObject.NONE;
            case "Metadata", "" -> IncludeObject.METADATA;
            case "Object" -> IncludeObject.OBJECT;
            default ->
                throw StatusException.badRequest(
                        "unrecognized includeObject value: '" + asked + "'; must be None, Metadata or Object");
        };
    }
}
