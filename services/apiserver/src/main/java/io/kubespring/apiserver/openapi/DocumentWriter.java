package io.kubespring.apiserver.openapi;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes whole documents: the paths of some group-versions, and every definition that these reach. */
final class DocumentWriter {

    private final Catalog catalog;
    private final String version;
    private final Descriptions descriptions;

    DocumentWriter(Catalog catalog, String version, Descriptions descriptions) {
        this.catalog = catalog;
        this.version = version;
        this.descriptions = descriptions;
    }

    /** All group-versions in one. */
    byte[] v2(List<GroupVersionKind> groupVersions) {
        Parts parts = parts(Dialect.V2, groupVersions);
        return write(generator -> {
            generator.writeStringProperty("swagger", "2.0");
            tree(generator, "info", info());
            section(generator, "paths", parts.paths());
            section(generator, "definitions", parts.definitions());
            tree(generator, "securityDefinitions", security());
            tree(generator, "security", Json.read("[{\"BearerToken\":[]}]"));
        });
    }

    byte[] v3(GroupVersionKind groupVersion) {
        Parts parts = parts(Dialect.V3, List.of(groupVersion));
        return write(generator -> {
            generator.writeStringProperty("openapi", "3.0.0");
            tree(generator, "info", info());
            section(generator, "paths", parts.paths());
            generator.writeName("components");
            generator.writeStartObject();
            section(generator, "schemas", parts.definitions());
            tree(generator, "securitySchemes", security());
            generator.writeEndObject();
        });
    }

    private record Parts(Map<String, ObjectNode> paths, Map<String, ObjectNode> definitions) {}

    private Parts parts(Dialect dialect, List<GroupVersionKind> groupVersions) {
        TreeSet<String> referenced = new TreeSet<>();
        SchemaWriter schemas = new SchemaWriter(dialect, descriptions, served(), referenced);
        PathsWriter paths = new PathsWriter(new OperationWriter(dialect, schemas));
        for (GroupVersionKind each : groupVersions) {
            for (ResourceType type : catalog.resources(each.group(), each.version())) {
                paths.write(type);
            }
        }
        Map<String, ObjectNode> definitions = new TreeMap<>();
        while (definitions.size() < referenced.size()) {
            for (String each : List.copyOf(referenced)) {
                if (!definitions.containsKey(each)) {
                    definitions.put(each, schemas.definition(each));
                }
            }
        }
        return new Parts(paths.paths(), definitions);
    }

    /** "group/version" of all that is served. */
    private List<String> served() {
        List<String> all = new ArrayList<>();
        for (String group : catalog.groups()) {
            catalog.versions(group).forEach(each -> all.add(group + "/" + each));
        }
        return all;
    }

    private ObjectNode info() {
        return Json.object().put("title", "Kubernetes").put("version", version);
    }

    private static ObjectNode security() {
        ObjectNode schemes = Json.object();
        schemes.putObject("BearerToken")
                .put("type", "apiKey")
                .put("description", "Bearer token")
                .put("name", "authorization")
                .put("in", "header");
        return schemes;
    }

    /** Writes the members of the document's root. */
    private interface Content {
        void write(JsonGenerator generator);
    }

    private static byte[] write(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
        try (JsonGenerator generator = Json.mapper().createGenerator(out)) {
            generator.writeStartObject();
            content.write(generator);
            generator.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void section(JsonGenerator generator, String name, Map<String, ObjectNode> members) {
        generator.writeName(name);
        generator.writeStartObject();
        members.forEach((key, value) -> tree(generator, key, value));
        generator.writeEndObject();
    }

    private static void tree(JsonGenerator generator, String name, JsonNode value) {
        generator.writeName(name);
        generator.writeTree(value);
    }
}
