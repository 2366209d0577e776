package io.kubespring.apimachinery.print;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints one object as kubectl would: header and cells in one line each. */
final class Rows {

    static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private Rows() {}

    static ObjectNode table(String apiVersion, String kind, String yaml, TableOptions options) {
        ResourceType type = Objects.requireNonNull(Catalog.builtIn().byKind(GroupVersionKind.of(apiVersion, kind)));
        ObjectNode object = (ObjectNode) Json.read(yaml);
        object.put("apiVersion", apiVersion).put("kind", kind);
        return new TablePrinter().table(type.kind(), List.of(object), options, NOW);
    }

    /** "NAME AGE" in upper case, with a star behind what is only shown wide. */
    static String header(String apiVersion, String kind) {
        return table(apiVersion, kind, "{}", TableOptions.DEFAULT)
                .path("columnDefinitions")
                .valueStream()
                .map(each ->
                        each.path("name").asString() + (each.path("priority").asInt() > 0 ? "*" : ""))
                .collect(Collectors.joining(" | "));
    }

    static String cells(String apiVersion, String kind, String json) {
        return table(apiVersion, kind, json, TableOptions.DEFAULT)
                .at("/rows/0/cells")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.joining(" | "));
    }
}
