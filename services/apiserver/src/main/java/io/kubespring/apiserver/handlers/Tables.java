package io.kubespring.apiserver.handlers;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apimachinery.print.TableOptions;
import io.kubespring.apimachinery.print.TableOptions.IncludeObject;
import io.kubespring.apimachinery.print.TablePrinter;
import io.kubespring.apiserver.request.Representation;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Renders objects as {@code meta.k8s.io} Tables. */
public final class Tables {

    private static final List<String> LIST_METADATA = List.of("resourceVersion", "continue", "remainingItemCount");

    private final TablePrinter printer = new TablePrinter();
    private final TimeSource time;

    public Tables(TimeSource time) {
        this.time = time;
    }

    /** @param listMetadata resourceVersion, continue and remainingItemCount of the list */
    ObjectNode of(Call call, Representation wanted, Iterable<ObjectNode> objects, JsonNode listMetadata) {
        return of(call, call.type().kind(), wanted, objects, listMetadata, false);
    }

    /** Of one object that a subresource has in place of the resource's. */
    ObjectNode of(Call call, GroupVersionKind kind, Representation wanted, ObjectNode object) {
        return of(call, kind, wanted, List.of(object), object.path("metadata"), false);
    }

    /** @param noHeaders leaves the column definitions out */
    ObjectNode of(
            Call call,
            GroupVersionKind kind,
            Representation wanted,
            Iterable<ObjectNode> objects,
            JsonNode listMetadata,
            boolean noHeaders) {
        ObjectNode table = printer.table(kind, objects, new TableOptions(include(call), noHeaders), time.now());
        if (!wanted.metaVersion().equals("v1")) {
            inVersion(table, wanted.metaApiVersion());
        }
        ObjectNode metadata = (ObjectNode) table.get("metadata");
        for (String field : LIST_METADATA) {
            JsonNode value = listMetadata.get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        return table;
    }

    private static void inVersion(ObjectNode table, String apiVersion) {
        table.put("apiVersion", apiVersion);
        for (JsonNode row : table.path("rows")) {
            if (row.get("object") instanceof ObjectNode object
                    && object.path("kind").asString("").equals("PartialObjectMetadata")) {
                object.put("apiVersion", apiVersion);
            }
        }
    }

    /** @throws StatusException 400 for what no Table can include */
    static IncludeObject include(Call call) {
        String asked = call.request().query().firstOr("includeObject", "Metadata");
        return switch (asked) {
            case "None" -> IncludeObject.NONE;
            case "Metadata", "" -> IncludeObject.METADATA;
            case "Object" -> IncludeObject.OBJECT;
            default ->
                throw StatusException.badRequest("Unable to convert to Table as requested: "
                        + FieldError.invalid("includeObject", asked, "must be 'Metadata', 'Object', 'None', or empty")
                                .toString());
        };
    }
}
