package io.kubespring.kinds.validation.extension;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Structural schemas ("Specifying a structural schema"): every field is typed outside of allOf, anyOf, oneOf and not, which
 * only add constraints to what is specified there; metadata is the server's.
 */
final class StructuralSchema {

    private enum Level {
        ROOT("at the root"),
        ITEM("for specified array items"),
        FIELD("for specified object fields");

        private final String words;

        Level(String words) {
            this.words = words;
        }
    }

    /** Allowed outside of constraints only: field, and what upstream says of it there. */
    private static final List<String[]> STRUCTURAL_ONLY = List.of(
            new String[] {"type", "must be empty to be structural"},
            new String[] {"additionalProperties", "must be undefined to be structural"},
            new String[] {"default", "must be undefined to be structural"},
            new String[] {"title", "must be empty to be structural"},
            new String[] {"description", "must be empty to be structural"},
            new String[] {"nullable", "must be false to be structural"},
            new String[] {"x-kubernetes-preserve-unknown-fields", "must be false to be structural"},
            new String[] {"x-kubernetes-embedded-resource", "must be false to be structural"},
            new String[] {"x-kubernetes-int-or-string", "must be false to be structural"},
            new String[] {"x-kubernetes-list-map-keys", "must be empty to be structural"},
            new String[] {"x-kubernetes-list-type", "must be undefined to be structural"},
            new String[] {"x-kubernetes-map-type", "must be undefined to be structural"},
            new String[] {"x-kubernetes-validations", "must be empty to be structural"});

    private static final Set<String> METADATA = Set.of("type", "default", "properties");
    private static final Set<String> NAMES = Set.of("name", "generateName");

    private final Errors errors = new Errors();

    private StructuralSchema() {}

    /** In the order of their texts, as upstream has them. */
    static void check(Field schema, Errors errors) {
        var check = new StructuralSchema();
        check.invariants(schema, Level.ROOT);
        check.complete(schema, schema);
        check.errors.list().stream()
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .forEach(errors::add);
    }

    private void invariants(Field schema, Level level) {
        Field type = schema.at("type");
        if (type.isText("array") && schema.at("items").absent()) {
            errors.required(schema.at("items"), "must be specified");
        }
        if (schema.at("items").present()) {
            invariants(schema.at("items"), Level.ITEM);
        }
        SchemaShape.properties(schema).forEach(each -> invariants(each, Level.FIELD));
        Field additional = schema.at("additionalProperties");
        if (additional.present() && level == Level.ROOT) {
            errors.forbidden(additional, "must not be used at the root");
        }
        if (additional.value().isObject()) {
            invariants(additional, Level.FIELD);
        }
        extensions(schema);
        constraints(
                schema, isIntOrString(schema), isIntOrString(schema.at("allOf").item(0)), level);
        type(schema, type, level);
        if (level == Level.ROOT || schema.at("x-kubernetes-embedded-resource").flag()) {
            for (String each : List.of("kind", "apiVersion")) {
                Field identity = SchemaShape.property(schema, each);
                if (identity.present() && !identity.at("type").isText("string")) {
                    errors.invalid(identity.at("type"), "must be string");
                }
            }
        }
        metadata(SchemaShape.property(schema, "metadata"), level, schema);
    }

    private void extensions(Field schema) {
        if (schema.at("x-kubernetes-int-or-string").flag()) {
            for (String each : List.of("x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource")) {
                if (schema.at(each).flag()) {
                    errors.invalid(schema.at(each), "must be false if x-kubernetes-int-or-string is true");
                }
            }
        }
    }

    private void type(Field schema, Field type, Level level) {
        boolean embedded = schema.at("x-kubernetes-embedded-resource").flag();
        boolean preserves = schema.at("x-kubernetes-preserve-unknown-fields").flag();
        if (embedded && !type.isText("object")) {
            String detail = "must be object if x-kubernetes-embedded-resource is true";
            if (type.empty()) {
                errors.required(type, detail);
            } else {
                errors.invalid(type, detail);
            }
        } else if (type.empty() && !schema.at("x-kubernetes-int-or-string").flag() && !preserves) {
            errors.required(type, "must not be empty " + level.words);
        }
        if (embedded && schema.at("additionalProperties").present()) {
            errors.forbidden(
                    schema.at("additionalProperties"), "must not be used if x-kubernetes-embedded-resource is set");
        }
        if (level == Level.ROOT && !type.empty() && !type.isText("object")) {
            errors.invalid(type, "must be object at the root");
        }
        if (embedded && !preserves && schema.at("properties").empty()) {
            errors.required(
                    schema.at("properties"),
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields");
        }
    }

    private void metadata(Field metadata, Level level, Field schema) {
        if (metadata.absent()) {
            return;
        }
        boolean checked = level == Level.ROOT
                || schema.at("x-kubernetes-embedded-resource").flag();
        if (checked && !metadata.at("type").isText("object")) {
            errors.invalid(metadata.at("type"), "must be object");
        }
        boolean plain = metadata.fields().stream().allMatch(each -> each.empty() || METADATA.contains(each.name()))
                && SchemaShape.properties(metadata).stream().allMatch(each -> NAMES.contains(each.name()));
        if (level == Level.ROOT && !plain) {
            errors.forbidden(
                    metadata,
                    "must not specify anything other than name and generateName, but metadata is implicitly specified");
        }
    }

    /** The one use of types in anyOf that is structural: a number or a text. */
    private static boolean isIntOrString(Field schema) {
        List<Field> either = schema.at("anyOf").items();
        return either.size() == 2
                && either.get(0).value().size() == 1
                && either.get(0).at("type").isText("integer")
                && either.get(1).value().size() == 1
                && either.get(1).at("type").isText("string");
    }

    private void constraints(Field schema, boolean skipAnyOf, boolean skipFirstAllOf, Level level) {
        if (!skipAnyOf) {
            schema.at("anyOf").items().forEach(each -> nested(each, false, level));
        }
        for (Field each : schema.at("allOf").items()) {
            nested(each, skipFirstAllOf && each.name().equals("0"), level);
        }
        schema.at("oneOf").items().forEach(each -> nested(each, false, level));
        if (schema.at("not").present()) {
            nested(schema.at("not"), false, level);
        }
        pattern(schema.at("pattern"));
    }

    private void pattern(Field pattern) {
        if (!pattern.empty()) {
            try {
                Pattern.compile(pattern.text());
            } catch (PatternSyntaxException malformed) {
                errors.invalid(
                        pattern,
                        "must be a valid regular expression, but isn't: error parsing regexp: "
                                + malformed.getDescription());
            }
        }
    }

    private void nested(Field schema, boolean skipAnyOf, Level level) {
        constraints(schema, skipAnyOf, false, level);
        if (schema.at("items").present()) {
            nested(schema.at("items"), false, level);
        }
        SchemaShape.properties(schema).forEach(each -> nested(each, false, Level.FIELD));
        for (String[] each : STRUCTURAL_ONLY) {
            if (!schema.at(each[0]).empty()) {
                errors.forbidden(schema.at(each[0]), each[1]);
            }
        }
        if (SchemaShape.property(schema, "metadata").present()) {
            errors.forbidden(SchemaShape.property(schema, "metadata"), "must not be specified in a nested context");
        }
    }

    /** What constraints name must be specified outside of them too, at the same place of {@code structure}. */
    private void complete(Field constraints, Field structure) {
        for (Field inner : SchemaShape.junctors(constraints)) {
            completeNested(inner, structure);
        }
    }

    private void completeNested(Field inner, Field structure) {
        complete(inner, structure);
        if (inner.at("items").present()) {
            completeOrMissing(inner.at("items"), structure.at("items"));
        }
        for (Field each : SchemaShape.properties(inner)) {
            completeOrMissing(each, SchemaShape.property(structure, each.name()));
        }
    }

    private void completeOrMissing(Field inner, Field structure) {
        if (structure.absent()) {
            errors.required(structure, "because it is defined in " + inner.path());
        } else {
            completeNested(inner, structure);
        }
    }
}
