package io.kubespring.apiserver.openapi;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes whole documents: the paths of some sections, and every definition that these reach. */
final class DocumentWriter {

    private final Catalog catalog;
    private final Served served;
    private final String version;
    private final Descriptions descriptions;

    DocumentWriter(Catalog catalog, Served served, String version, Descriptions descriptions) {
        this.catalog = catalog;
        this.served = served;
        this.version = version;
        this.descriptions = descriptions;
    }

    /** All sections in one. */
    byte[] v2(Collection<Section> sections) {
        Parts parts = parts(Dialect.V2, sections);
        return write(generator -> {
            generator.writeStringProperty("swagger", "2.0");
            tree(generator, "info", info());
            section(generator, "paths", parts.paths());
            section(generator, "parameters", parts.parameters());
            section(generator, "definitions", parts.definitions());
            tree(generator, "securityDefinitions", security());
            tree(generator, "security", Json.read("[{\"BearerToken\":[]}]"));
        });
    }

    byte[] v3(Section section) {
        Parts parts = parts(Dialect.V3, List.of(section));
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

    private record Parts(
            Map<String, ObjectNode> paths, Map<String, ObjectNode> parameters, Map<String, ObjectNode> definitions) {}

    private Parts parts(Dialect dialect, Collection<Section> sections) {
        TreeSet<String> referenced = new TreeSet<>();
        SchemaWriter schemas = new SchemaWriter(dialect, descriptions, referenced, versions(dialect, sections));
        PathsWriter paths = new PathsWriter(served, new Parameters(descriptions));
        for (Section each : sections) {
            paths.paths()
                    .computeIfAbsent(each.path().path(), key -> new PathItem())
                    .put("get", each.path().operation());
            GroupVersionKind version = each.version();
            if (version != null) {
                catalog.resources(version.group(), version.version()).forEach(paths::write);
            }
        }
        SharedParameters parameters = new SharedParameters(dialect);
        OperationWriter operations = new OperationWriter(dialect, schemas, parameters);
        Map<String, ObjectNode> written = new TreeMap<>();
        paths.paths().forEach((path, item) -> written.put(path, operations.write(item)));
        Map<String, ObjectNode> definitions = new TreeMap<>();
        while (definitions.size() < referenced.size()) {
            for (String each : List.copyOf(referenced)) {
                if (!definitions.containsKey(each)) {
                    definitions.put(each, schemas.definition(each));
                }
            }
        }
        return new Parts(written, parameters.definitions(), definitions);
    }

    /** What all versions share says so of all in version 2, and in version 3 of the core's and the document's own. */
    private static Predicate<String> versions(Dialect dialect, Collection<Section> sections) {
        if (dialect == Dialect.V2) {
            return each -> true;
        }
        Set<String> own = new HashSet<>(Set.of("/v1"));
        for (Section each : sections) {
            GroupVersionKind version = each.version();
            if (version != null) {
                own.add(version.group() + "/" + version.version());
            }
        }
        return own::contains;
    }

    private ObjectNode info() {
        return Json.object().put("title", "Kubernetes").put("version", version);
    }

    private static ObjectNode security() {
        ObjectNode schemes = Json.object();
        schemes.putObject("BearerToken")
                .put("type", "apiKey")
                .put("description", "Bearer Token authentication")
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
