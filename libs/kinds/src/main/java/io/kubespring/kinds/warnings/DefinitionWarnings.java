package io.kubespring.kinds.warnings;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.extension.SchemaShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What upstream warns of in CustomResourceDefinitions: parts of schemas that have no effect. */
public final class DefinitionWarnings {

    private static final Set<String> TEXTS = Set.of(
            "bsonobjectid",
            "uri",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "cidr",
            "mac",
            "uuid",
            "uuid3",
            "uuid4",
            "uuid5",
            "isbn",
            "isbn10",
            "isbn13",
            "creditcard",
            "ssn",
            "hexcolor",
            "rgbcolor",
            "byte",
            "password",
            "date",
            "duration",
            "datetime",
            "k8sshortname",
            "k8slongname");
    private static final Set<String> INTEGERS = Set.of("int32", "int64");
    private static final Set<String> NUMBERS = Set.of("float", "double");

    private DefinitionWarnings() {}

    public static List<String> of(Field definition) {
        List<String> warnings = new ArrayList<>(0);
        Set<String> sets = new TreeSet<>();
        for (Field root : SchemaShape.ofDefinition(definition)) {
            for (Field schema : SchemaShape.all(root)) {
                String format = schema.at("format").text();
                if (!format.isEmpty() && !isKnown(schema.at("type").text(), format)) {
                    warnings.add("unrecognized format \"" + format + '"');
                }
                set(schema, sets);
            }
        }
        warnings.addAll(sets);
        return warnings.stream().distinct().toList();
    }

    private static boolean isKnown(String type, String format) {
        return switch (type) {
            case "", "string" -> TEXTS.contains(format.replace("-", ""));
            case "integer" -> INTEGERS.contains(format);
            case "number" -> NUMBERS.contains(format);
            default -> true;
        };
    }

    private static void set(Field schema, Set<String> warnings) {
        String type = schema.at("items").at("type").text();
        if (schema.at("x-kubernetes-list-type").isText("set") && (type.equals("object") || type.equals("array"))) {
            warnings.add("x-kubernetes-list-type: set for items of type \"" + type
                    + "\" is not supported by server-side apply or CEL validation rules");
        }
    }
}
