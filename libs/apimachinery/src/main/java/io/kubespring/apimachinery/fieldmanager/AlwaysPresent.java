package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.schema.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Fields of built-in kinds that upstream's typed objects always carry, with a zero value at least. Nobody adds or
 * removes such a field, so nobody owns it as such ({@code f:spec} has no "." below it, {@code f:labels} has).
 */
final class AlwaysPresent {

    private static final Set<String> STRUCTS =
            Set.of("metadata", "spec", "status", "strategy", "updateStrategy", "resources");

    private AlwaysPresent() {}

    /** What stands for an absent field: its zero value if it is always there, else null. */
    static @Nullable JsonNode zero(@Nullable Schema owner, String field) {
        if (owner == null || !owner.name().startsWith("io.k8s.")) {
            return null;
        }
        if (!owner.required().contains(field) && !STRUCTS.contains(field)) {
            return null;
        }
        Schema schema = owner.property(field);
        if (schema == null || schema.intOrString()) {
            return null;
        }
        return switch (schema.type()) {
            case OBJECT -> schema.additionalProperties() == null ? JsonNodeFactory.instance.objectNode() : null;
            case ARRAY -> JsonNodeFactory.instance.nullNode();
            case STRING -> JsonNodeFactory.instance.stringNode("");
            case INTEGER, NUMBER -> JsonNodeFactory.instance.numberNode(0);
            case BOOLEAN -> JsonNodeFactory.instance.booleanNode(false);
            case ANY -> null;
        };
    }
}
