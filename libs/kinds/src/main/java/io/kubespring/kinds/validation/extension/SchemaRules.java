package io.kubespring.kinds.validation.extension;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of OpenAPI a custom resource's schema may use, and how lists and maps are declared for apply. */
final class SchemaRules {

    private static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");
    private static final Set<String> IDENTITY = Set.of("metadata", "kind", "apiVersion");
    private static final List<String> UNSUPPORTED =
            List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");

    private SchemaRules() {}

    /** Whether a schema uses what no structural one can have, so that there is no use in looking further. */
    static boolean isForeign(Field schema) {
        return SchemaShape.any(
                schema,
                each -> UNSUPPORTED.stream().anyMatch(one -> each.at(one).present())
                        || each.at("items").value().isArray());
    }

    static void check(Field schema, Errors errors) {
        check(schema, true, false, "", errors);
    }

    /** @param noDefaults where defaults are forbidden: why, and empty elsewhere */
    private static void check(Field schema, boolean root, boolean meta, String noDefaults, Errors errors) {
        if (!schema.value().isObject()) {
            return;
        }
        standard(schema, meta, noDefaults, errors);
        if (schema.at("uniqueItems").flag()) {
            errors.forbidden(
                    schema.at("uniqueItems"),
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
        Field additional = schema.at("additionalProperties");
        if (additional.present() && !schema.at("properties").empty() && !additional.flag()) {
            errors.forbidden(additional, "additionalProperties and properties are mutual exclusive");
        }
        String inside = meta ? "inside additionalProperties applying to object metadata" : noDefaults;
        check(additional, false, meta, inside, errors);
        boolean embedded = schema.at("x-kubernetes-embedded-resource").flag();
        for (Field each : SchemaShape.properties(schema)) {
            boolean identity = (root || embedded) && IDENTITY.contains(each.name());
            check(each, false, meta || identity, root && identity ? "in top-level " + each.name() : noDefaults, errors);
        }
        SchemaShape.junctors(schema).forEach(each -> check(each, false, meta, noDefaults, errors));
        check(schema.at("items"), false, meta, noDefaults, errors);
        extensions(schema, errors);
        ExpressionRules.check(schema, errors);
    }

    private static void standard(Field schema, boolean meta, String noDefaults, Errors errors) {
        Field type = schema.at("type");
        if (!type.empty() && !TYPES.contains(type.text())) {
            errors.notSupported(type, TYPES);
        }
        if (schema.at("default").present() && !noDefaults.isEmpty()) {
            errors.forbidden(schema.at("default"), "must not be set " + noDefaults);
        }
        for (String each : UNSUPPORTED) {
            if (schema.at(each).present()) {
                errors.forbidden(schema.at(each), each + " is not supported");
            }
        }
        if (type.isText("null")) {
            errors.forbidden(type, "type cannot be set to null, use nullable as an alternative");
        }
        if (schema.at("items").value().isArray()) {
            errors.forbidden(schema.at("items"), "items must be a schema object and not an array");
        }
        if (meta && schema.at("x-kubernetes-embedded-resource").flag()) {
            errors.forbidden(schema.at("x-kubernetes-embedded-resource"), "must not be used inside of resource meta");
        }
    }

    private static void extensions(Field schema, Errors errors) {
        Field preserve = schema.at("x-kubernetes-preserve-unknown-fields");
        if (preserve.present() && !preserve.flag()) {
            errors.invalid(preserve, "must be true or undefined");
        }
        Field map = schema.at("x-kubernetes-map-type");
        if (map.present()) {
            typed(schema.at("type"), "object", "must be object if x-kubernetes-map-type is specified", errors);
            if (!map.isText("atomic") && !map.isText("granular")) {
                errors.notSupportedOf(map, "atomic", "granular");
            }
        }
        Field list = schema.at("x-kubernetes-list-type");
        if (list.present()) {
            list(schema, list, errors);
        }
        Field keys = schema.at("x-kubernetes-list-map-keys");
        if (!keys.empty() && !list.isText("map")) {
            String detail = "must be map if x-kubernetes-list-map-keys is non-empty";
            if (list.absent()) {
                errors.required(list, detail);
            } else {
                errors.invalid(list, detail);
            }
        }
        if (list.isText("map")) {
            map(schema, keys, errors);
        }
        nullable(schema, list, keys, errors);
    }

    private static void list(Field schema, Field list, Errors errors) {
        Field items = schema.at("items");
        if (!schema.at("type").isText("array")) {
            typed(schema.at("type"), "array", "must be array if x-kubernetes-list-type is specified", errors);
        } else if (list.isText("set")) {
            String detail = "must be atomic as item of a list with x-kubernetes-list-type=set";
            Field inner = items.at("x-kubernetes-list-type");
            if (items.at("type").isText("array") && inner.present() && !inner.isText("atomic")) {
                errors.invalid(inner, detail);
            }
            if (items.at("type").isText("object")
                    && !items.at("x-kubernetes-map-type").isText("atomic")) {
                errors.invalid(items.at("x-kubernetes-map-type"), inner.present() ? inner.value() : null, detail);
            }
        }
        if (!List.of("atomic", "set", "map").contains(list.text())) {
            errors.notSupportedOf(list, "atomic", "set", "map");
        }
    }

    private static void typed(Field type, String wanted, String detail, Errors errors) {
        if (type.empty()) {
            errors.required(type, detail);
        } else if (!type.isText(wanted)) {
            errors.invalid(type, detail);
        }
    }

    private static void map(Field schema, Field keys, Errors errors) {
        Field items = schema.at("items");
        if (keys.empty()) {
            errors.required(keys, "must not be empty if x-kubernetes-list-type is map");
        }
        if (items.absent()) {
            errors.required(items, "must have a schema if x-kubernetes-list-type is map");
            return;
        }
        if (!items.at("type").isText("object")) {
            errors.invalid(items.at("type"), "must be object if parent array's x-kubernetes-list-type is map");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (String key : keys.texts()) {
            Field property = SchemaShape.property(items, key);
            String type = property.at("type").text();
            if (property.absent()) {
                errors.invalid(keys, "entries must all be names of item properties");
            } else if (type.equals("array") || type.equals("object")) {
                errors.invalid(
                        property.at("type"),
                        items.at("type").text(),
                        "must be a scalar type if parent array's x-kubernetes-list-type is map");
            }
            if (!seen.add(key)) {
                errors.invalid(keys, "must not contain duplicate entries");
            }
        }
    }

    private static void nullable(Field schema, Field list, Field keys, Errors errors) {
        Field items = schema.at("items");
        if (items.absent() || !list.isText("set") && !list.isText("map")) {
            return;
        }
        if (items.at("nullable").flag()) {
            errors.forbidden(items.at("nullable"), "cannot be nullable when x-kubernetes-list-type is " + list.text());
        }
        if (list.isText("map")) {
            for (String key : keys.texts()) {
                Field property = SchemaShape.property(items, key);
                if (property.present()
                        && !items.at("required").texts().contains(key)
                        && property.at("default").absent()) {
                    errors.required(
                            property.at("default"),
                            "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                    + " property");
                }
                if (property.at("nullable").flag()) {
                    errors.forbidden(
                            property.at("nullable"),
                            "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
                }
            }
        }
    }
}
