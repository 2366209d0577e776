package io.kubespring.kinds.validation.extension;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The parts of a custom resource's version: schema, subresources, columns, selectable fields. */
final class DefinedVersion {

    private static final List<String> COLUMN_TYPES = List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> COLUMN_FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
    private static final List<String> SELECTABLE = List.of("string", "boolean", "integer");
    private static final int SELECTABLE_MAX = 8;
    private static final Set<String> AT_ROOT = Set.of(
            "description",
            "format",
            "title",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "multipleOf",
            "required",
            "items",
            "properties",
            "externalDocs",
            "example",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-validations");
    private static final String AT_ROOT_SHOWN = "[Description Type Format Title Maximum ExclusiveMaximum Minimum"
            + " ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items"
            + " Properties ExternalDocs Example XPreserveUnknownFields XValidations]";

    private DefinedVersion() {}

    /** @param status whether the version has a status of its own, which is checked by itself */
    static void schema(Field validation, boolean status, Errors errors) {
        Field schema = validation.at("openAPIV3Schema");
        if (schema.absent()) {
            return;
        }
        if (status) {
            rootOfStatus(validation, schema, errors);
        }
        if (schema.at("nullable").flag()) {
            errors.forbidden(schema.at("nullable"), "nullable cannot be true at the root");
        }
        if (!SchemaRules.isForeign(schema)) {
            StructuralSchema.check(schema, errors);
        }
        SchemaRules.check(schema, errors);
    }

    private static void rootOfStatus(Field validation, Field schema, Errors errors) {
        Field type = schema.at("type");
        if (!type.empty() && !type.isText("object")) {
            errors.invalid(
                    type,
                    "only \"object\" is allowed as the type at the root of the schema if the status subresource is"
                            + " enabled");
            return;
        }
        boolean more = schema.fields().stream()
                .anyMatch(each -> !each.empty() && !each.name().equals("type") && !AT_ROOT.contains(each.name()));
        if (more) {
            errors.invalid(
                    validation.at("openAPIV3Schema"),
                    "only " + AT_ROOT_SHOWN
                            + " fields are allowed at the root of the schema if the status subresource is enabled");
        }
    }

    static void subresources(Field subresources, Errors errors) {
        Field scale = subresources.at("scale");
        if (scale.absent()) {
            return;
        }
        path(scale.at("specReplicasPath"), true, "should be a json path under .spec", List.of(".spec."), errors);
        path(scale.at("statusReplicasPath"), true, "should be a json path under .status", List.of(".status."), errors);
        path(
                scale.at("labelSelectorPath"),
                false,
                "should be a json path under either .spec or .status",
                List.of(".spec.", ".status."),
                errors);
    }

    private static void path(Field path, boolean required, String detail, List<String> under, Errors errors) {
        if (path.empty()) {
            if (required) {
                errors.required(path, "");
            }
        } else if (!path.text().startsWith(".")) {
            errors.invalid(path, "must be a simple json path starting with .");
        } else if (under.stream().noneMatch(path.text()::startsWith)) {
            errors.invalid(path, detail);
        }
    }

    static void columns(Field columns, Errors errors) {
        for (Field column : columns.items()) {
            if (column.at("name").empty()) {
                errors.required(column.at("name"), "");
            }
            Field type = column.at("type");
            String types = "must be one of " + String.join(",", COLUMN_TYPES);
            if (type.empty()) {
                errors.required(type, types);
            } else if (!COLUMN_TYPES.contains(type.text())) {
                errors.invalid(type, types);
            }
            Field format = column.at("format");
            if (!format.empty() && !COLUMN_FORMATS.contains(format.text())) {
                errors.invalid(format, "must be one of " + String.join(",", COLUMN_FORMATS));
            }
            Field path = column.at("JSONPath").withValue(column.at("jsonPath").value());
            if (path.empty()) {
                errors.required(path, "");
            } else if (!path.text().startsWith(".")) {
                errors.invalid(path, "must be a simple json path starting with .");
            }
        }
    }

    static void selectable(Field fields, Field schema, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field each : fields.items()) {
            Field path = each.at("jsonPath");
            if (path.empty()) {
                errors.required(path, "");
                continue;
            }
            JsonNode found = schema.value();
            for (String step : path.text().replaceFirst("^\\.", "").split("\\.", -1)) {
                found = found.path("properties").path(step);
            }
            if (!path.text().startsWith(".") || found.isMissingNode()) {
                errors.invalid(path, "is an invalid path: does not refer to a valid field");
                continue;
            }
            if (path.text().startsWith(".metadata")) {
                errors.invalid(path, "must not point to fields in metadata");
            }
            if (!SELECTABLE.contains(found.path("type").asString(""))) {
                errors.invalid(
                        path,
                        "must point to a field of type string, boolean or integer. Enum string fields and strings with"
                                + " formats are allowed.");
            }
            if (!seen.add(path.text())) {
                errors.duplicate(path);
            }
        }
        if (seen.size() > SELECTABLE_MAX) {
            errors.tooMany(fields, seen.size(), SELECTABLE_MAX);
        }
    }

    static void deprecation(Field version, Errors errors) {
        Field warning = version.at("deprecationWarning");
        if (warning.absent()) {
            return;
        }
        if (!version.at("deprecated").flag()) {
            errors.invalid(warning, "can only be set for deprecated versions");
            return;
        }
        String text = warning.text();
        if (text.length() > 256) {
            errors.invalid(warning, "must be <= 256 characters long");
        }
        if (text.isEmpty()) {
            errors.invalid(warning, "must not be an empty string");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                errors.invalid(
                        warning,
                        "must only contain printable UTF-8 characters; non-printable character found at index " + i);
                return;
            }
        }
    }
}
