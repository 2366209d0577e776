package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.schema.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a value takes part in ownership. Where no schema says otherwise, objects are granular and lists atomic, as
 * upstream deduces.
 */
enum Shape {
    /** Owned as one: scalars, atomic lists and atomic maps. */
    LEAF,
    /** An object whose fields are owned one by one. */
    FIELDS,
    /** A list whose items are owned one by one. */
    ITEMS;

    static Shape of(JsonNode value, @Nullable Schema schema) {
        if (value.isObject()) {
            return schema != null && schema.mapType() == Schema.MapType.ATOMIC ? LEAF : FIELDS;
        }
        if (value.isArray()) {
            boolean associative =
                    schema != null && schema.type() == Schema.Type.ARRAY && schema.listType() != Schema.ListType.ATOMIC;
            return associative ? ITEMS : LEAF;
        }
        return LEAF;
    }

    static @Nullable Schema child(@Nullable Schema schema, String field) {
        return schema == null ? null : schema.child(field);
    }

    static @Nullable Schema items(@Nullable Schema schema) {
        return schema == null ? null : schema.items();
    }

    /** Whether the name is a field of a struct, in contrast to a map's key. */
    static boolean declares(@Nullable Schema schema, String field) {
        return schema != null && schema.property(field) != null;
    }
}
