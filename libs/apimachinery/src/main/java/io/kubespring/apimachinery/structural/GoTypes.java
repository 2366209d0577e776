package io.kubespring.apimachinery.structural;

import io.kubespring.api.schema.Schema;

/** The Go type names that upstream's decoder shows in its errors, derived from a schema. */
final class GoTypes {

    private GoTypes() {}

    /** "DeploymentSpec" of {@code io.k8s.api.apps.v1.DeploymentSpec}. */
    static String simpleName(Schema schema) {
        String name = schema.name();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** "int32", "string", "[]v1.Container", "map[string]string", "v1.PodSpec". */
    static String typeName(Schema schema) {
        if (!schema.name().isEmpty()) {
            return packageAndName(schema.name());
        }
        return switch (schema.type()) {
            case OBJECT -> {
                Schema values = schema.additionalProperties();
                yield "map[string]" + (values == null ? "interface {}" : typeName(values));
            }
            case ARRAY -> {
                Schema items = schema.items();
                yield "[]" + (items == null ? "interface {}" : typeName(items));
            }
            case STRING -> schema.format().equals("byte") ? "[]uint8" : "string";
            case INTEGER -> schema.format().isEmpty() ? "int64" : schema.format();
            case NUMBER -> "float64";
            case BOOLEAN -> "bool";
            case ANY -> "interface {}";
        };
    }

    private static String packageAndName(String name) {
        int last = name.lastIndexOf('.');
        int before = last < 0 ? -1 : name.lastIndexOf('.', last - 1);
        return name.substring(before + 1);
    }
}
