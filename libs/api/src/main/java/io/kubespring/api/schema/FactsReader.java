package io.kubespring.api.schema;

import io.kubespring.api.schema.Schema.ListType;
import io.kubespring.api.schema.Schema.MapType;
import io.kubespring.api.schema.Schema.PatchStrategy;
import io.kubespring.api.schema.Schema.Type;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Builds the schema of one definition from its compact facts; references stay lazy. */
final class FactsReader {

    private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    private static final String RAW_EXTENSION = "io.k8s.apimachinery.pkg.runtime.RawExtension";
    private static final String FIELDS = "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1";

    private final BuiltInSchemas schemas;
    private final String definition;

    FactsReader(BuiltInSchemas schemas, String definition) {
        this.schemas = schemas;
        this.definition = definition;
    }

    Schema read(JsonNode facts) {
        return switch (definition) {
            case QUANTITY ->
                Schema.builder(Type.STRING)
                        .name(definition)
                        .format("quantity")
                        .intOrString()
                        .build();
            case RAW_EXTENSION ->
                Schema.builder(Type.ANY).name(definition).preserveUnknown().build();
            case FIELDS ->
                Schema.builder(Type.OBJECT).name(definition).preserveUnknown().build();
            default ->
                builder(facts, null)
                        .name(definition)
                        .omittedWhereEmpty(schemas.omitted(definition))
                        .build();
        };
    }

    private Schema.Builder builder(JsonNode facts, @Nullable JsonNode defaultValue) {
        String type = facts.path("type").asString("");
        Schema.Builder builder = Schema.builder(typeOf(type, facts));
        String format = facts.path("format").asString("");
        if (format.equals("int-or-string")) {
            builder.intOrString();
        }
        builder.format(format);
        if (type.isEmpty()) {
            builder.preserveUnknown();
        }
        for (JsonNode each : facts.path("required")) {
            builder.required(each.asString());
        }
        for (Map.Entry<String, JsonNode> each : facts.path("properties").properties()) {
            addProperty(builder, each.getKey(), each.getValue());
        }
        if (facts.has("items")) {
            JsonNode items = facts.get("items");
            builder.items(new Lazy(() -> child(items, null)));
        }
        if (facts.has("values")) {
            JsonNode values = facts.get("values");
            builder.additionalProperties(new Lazy(() -> child(values, null)));
        }
        if (defaultValue != null) {
            builder.defaultValue(defaultValue);
        }
        return extensions(builder, facts);
    }

    private void addProperty(Schema.Builder builder, String field, JsonNode facts) {
        JsonNode defaultValue = DeclaredDefaults.of(definition, field);
        builder.property(field, new Lazy(() -> child(facts, defaultValue)));
    }

    private Schema child(JsonNode facts, @Nullable JsonNode defaultValue) {
        if (facts.isString()) {
            String shorthand = facts.asString();
            if (shorthand.startsWith("@")) {
                return schemas.definition(shorthand.substring(1));
            }
            int colon = shorthand.indexOf(':');
            String type = colon < 0 ? shorthand : shorthand.substring(0, colon);
            Schema.Builder builder = Schema.builder(Type.valueOf(type.toUpperCase(Locale.ROOT)));
            if (colon >= 0) {
                builder.format(shorthand.substring(colon + 1));
            }
            return (defaultValue == null ? builder : builder.defaultValue(defaultValue)).build();
        }
        String ref = facts.path("ref").asString("");
        if (ref.isEmpty()) {
            return builder(facts, defaultValue).build();
        }
        // A reference with directives of its own: the definition's schema, with them laid over it.
        FactsReader target = new FactsReader(schemas, ref);
        return extensions(target.builder(schemas.facts(ref), null), facts)
                .name(ref)
                .omittedWhereEmpty(schemas.omitted(ref))
                .build();
    }

    private static Schema.Builder extensions(Schema.Builder builder, JsonNode facts) {
        switch (facts.path("listType").asString("")) {
            case "map" ->
                builder.listType(
                        ListType.MAP,
                        facts.path("mapKeys")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toArray(String[]::new));
            case "set" -> builder.listType(ListType.SET);
            default -> {}
        }
        switch (facts.path("mapType").asString("")) {
            case "atomic" -> builder.mapType(MapType.ATOMIC);
            case "granular" -> builder.mapType(MapType.GRANULAR);
            default -> {}
        }
        if (facts.has("patch")) {
            builder.patch(
                    facts.has("mergeKey") ? facts.get("mergeKey").asString() : null,
                    facts.get("patch")
                            .valueStream()
                            .map(each -> strategy(each.asString()))
                            .toArray(PatchStrategy[]::new));
        }
        return builder;
    }

    private static PatchStrategy strategy(String name) {
        return switch (name) {
            case "merge" -> PatchStrategy.MERGE;
            case "replace" -> PatchStrategy.REPLACE;
            case "retainKeys" -> PatchStrategy.RETAIN_KEYS;
            default -> throw new IllegalStateException("unknown patch strategy " + name);
        };
    }

    private static Type typeOf(String type, JsonNode facts) {
        return type.isEmpty()
                ? facts.has("properties") ? Type.OBJECT : Type.ANY
                : Type.valueOf(type.toUpperCase(Locale.ROOT));
    }
}
