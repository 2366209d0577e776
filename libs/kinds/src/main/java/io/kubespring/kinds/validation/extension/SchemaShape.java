package io.kubespring.kinds.validation.extension;

import io.kubespring.kinds.tree.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Walking the OpenAPI schema of a custom resource, as it stands in its definition. */
public final class SchemaShape {

    private static final List<String> QUANTIFIERS = List.of("allOf", "anyOf", "oneOf");

    private SchemaShape() {}

    /** What the versions of a definition say of their objects; none where a version says nothing. */
    public static List<Field> ofDefinition(Field definition) {
        return definition.at("spec", "versions").items().stream()
                .map(each -> each.at("schema", "openAPIV3Schema"))
                .filter(Field::present)
                .toList();
    }

    /** A schema and every schema inside it. */
    public static List<Field> all(Field schema) {
        List<Field> all = new ArrayList<>();
        collect(schema, all);
        return all;
    }

    static boolean any(Field schema, Predicate<Field> condition) {
        return all(schema).stream().anyMatch(condition);
    }

    private static void collect(Field schema, List<Field> all) {
        if (!schema.value().isObject()) {
            return;
        }
        all.add(schema);
        properties(schema).forEach(each -> collect(each, all));
        collect(schema.at("additionalProperties"), all);
        collect(schema.at("items"), all);
        collect(schema.at("not"), all);
        QUANTIFIERS.forEach(each -> schema.at(each).items().forEach(inner -> collect(inner, all)));
    }

    static List<Field> properties(Field schema) {
        return schema.at("properties").entries();
    }

    static Field property(Field schema, String name) {
        return schema.at("properties").key(name);
    }

    /** The schemas that the values must match besides, or one of, or must not. */
    static List<Field> junctors(Field schema) {
        List<Field> inner = new ArrayList<>();
        if (schema.at("not").present()) {
            inner.add(schema.at("not"));
        }
        QUANTIFIERS.forEach(each -> inner.addAll(schema.at(each).items()));
        return inner;
    }
}
