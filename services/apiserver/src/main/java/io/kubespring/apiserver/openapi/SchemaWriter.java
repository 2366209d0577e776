package io.kubespring.apiserver.openapi;

import io.kubespring.api.json.Json;
import io.kubespring.api.schema.BuiltInSchemas;
import io.kubespring.api.schema.DeclaredDefaults;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a definition as OpenAPI, out of its facts, and notes which others it refers to. */
final class SchemaWriter {

    private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    private static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";

    private final Dialect dialect;
    private final Descriptions descriptions;
    private final Set<String> referenced;
    private final Predicate<String> versions;

    /**
     * @param referenced gets the names of definitions that are referred to
     * @param versions "group/version"s that the document speaks of
     */
    SchemaWriter(Dialect dialect, Descriptions descriptions, Set<String> referenced, Predicate<String> versions) {
        this.versions = versions;
        this.dialect = dialect;
        this.descriptions = descriptions;
        this.referenced = referenced;
    }

    ObjectNode definition(String name) {
        JsonNode facts = BuiltInSchemas.get().facts(name);
        Descriptions.Definition texts = descriptions.of(name);
        ObjectNode schema = Json.object();
        putDescription(schema, texts.description());
        if (dialect == Dialect.V3 && name.equals(QUANTITY)) {
            return oneOf(schema, "string", "number");
        }
        if (dialect == Dialect.V3 && name.equals(INT_OR_STRING)) {
            return oneOf(schema.put("format", "int-or-string"), "integer", "string");
        }
        body(schema, facts);
        if (facts.has("properties")) {
            ObjectNode properties = schema.putObject("properties");
            for (Map.Entry<String, JsonNode> each : facts.get("properties").properties()) {
                boolean required = contains(facts.path("required"), each.getKey());
                properties.set(each.getKey(), property(name, each.getKey(), required, each.getValue(), texts));
            }
        }
        copy(facts, "unions", schema, "x-kubernetes-unions");
        if (facts.has("gvk")) {
            kinds(schema, name, facts.get("gvk").asString());
        }
        return schema;
    }

    /** A reference, noted. */
    ObjectNode reference(String definition) {
        referenced.add(definition);
        return Json.object().put("$ref", dialect.reference(definition));
    }

    private static boolean contains(JsonNode names, String name) {
        return names.valueStream().anyMatch(each -> each.asString().equals(name));
    }

    private ObjectNode property(
            String definition, String field, boolean required, JsonNode facts, Descriptions.Definition texts) {
        Descriptions.Field text = texts.field(field);
        JsonNode defaultValue = defaultOf(definition, field, required, facts);
        ObjectNode schema = value(facts, !text.description().isEmpty() || defaultValue != null);
        putDescription(schema, text.description());
        if (defaultValue != null) {
            schema.set("default", defaultValue);
        }
        if (!text.values().isEmpty()) {
            JsonNode items = schema.get("items");
            ObjectNode holder = items instanceof ObjectNode object ? object : schema;
            text.values().forEach(holder.putArray("enum")::add);
        }
        return schema;
    }

    /** Upstream keeps defaults out of version 2: they would stand beside references there. */
    private @Nullable JsonNode defaultOf(String definition, String field, boolean required, JsonNode facts) {
        if (dialect == Dialect.V2) {
            return null;
        }
        JsonNode declared = DeclaredDefaults.of(definition, field);
        return declared == null ? ZeroValues.builtIn().ofField(definition, field, required, facts) : declared;
    }

    /** An item of a list or a value of a map. */
    private ObjectNode element(JsonNode facts) {
        JsonNode zero = dialect == Dialect.V3 ? ZeroValues.builtIn().of(facts) : null;
        ObjectNode schema = value(facts, zero != null);
        if (zero != null) {
            schema.set("default", zero);
        }
        return schema;
    }

    /** @param siblings whether more than a reference will be said of it; OpenAPI v3 needs a wrapper then */
    private ObjectNode value(JsonNode facts, boolean siblings) {
        if (!facts.isString()) {
            String reference = facts.path("ref").asString("");
            ObjectNode schema = reference.isEmpty() ? Json.object() : wrapped(reference, true);
            return body(schema, facts);
        }
        String shorthand = facts.asString();
        if (shorthand.startsWith("@")) {
            return wrapped(shorthand.substring(1), siblings);
        }
        int colon = shorthand.indexOf(':');
        return colon < 0
                ? Json.object().put("type", shorthand)
                : Json.object()
                        .put("type", shorthand.substring(0, colon))
                        .put("format", shorthand.substring(colon + 1));
    }

    private ObjectNode wrapped(String definition, boolean siblings) {
        ObjectNode reference = reference(definition);
        if (dialect == Dialect.V2 || !siblings) {
            return reference;
        }
        ObjectNode schema = Json.object();
        schema.putArray("allOf").add(reference);
        return schema;
    }

    private ObjectNode body(ObjectNode schema, JsonNode facts) {
        copy(facts, "type", schema, "type");
        copy(facts, "format", schema, "format");
        copy(facts, "required", schema, "required");
        if (facts.has("items")) {
            schema.set("items", element(facts.get("items")));
        }
        if (facts.has("values")) {
            schema.set("additionalProperties", element(facts.get("values")));
        }
        copy(facts, "listType", schema, "x-kubernetes-list-type");
        copy(facts, "mapKeys", schema, "x-kubernetes-list-map-keys");
        copy(facts, "mapType", schema, "x-kubernetes-map-type");
        copy(facts, "mergeKey", schema, "x-kubernetes-patch-merge-key");
        if (facts.has("patch")) {
            schema.put(
                    "x-kubernetes-patch-strategy",
                    facts.get("patch").valueStream().map(JsonNode::asString).collect(Collectors.joining(",")));
        }
        return schema;
    }

    private void kinds(ObjectNode schema, String name, String kind) {
        var list = schema.putArray("x-kubernetes-group-version-kind");
        if (kind.equals("*")) {
            String simpleName = name.substring(name.lastIndexOf('.') + 1);
            RegisteredVersions.ALL.stream()
                    .filter(versions)
                    .forEach(each -> PathsWriter.addKind(list.addObject(), each + "/" + simpleName));
        } else {
            PathsWriter.addKind(list.addObject(), kind);
        }
    }

    private static ObjectNode oneOf(ObjectNode schema, String... types) {
        var alternatives = schema.putArray("oneOf");
        for (String each : types) {
            alternatives.addObject().put("type", each);
        }
        return schema;
    }

    private static void putDescription(ObjectNode schema, String description) {
        if (!description.isEmpty()) {
            schema.put("description", description);
        }
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String as) {
        JsonNode value = from.get(field);
        if (value != null) {
            to.set(as, value);
        }
    }
}
