package io.kubespring.kinds.validation.extension;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import java.util.Locale;

/** What a custom resource is called: in the spec of its definition, and as accepted in its status. */
final class DefinedNames {

    private DefinedNames() {}

    static void check(Field names, Errors errors) {
        for (String each : List.of("plural", "singular")) {
            label(names.at(each), names.at(each).text(), "", errors);
        }
        for (String each : List.of("kind", "listKind")) {
            label(
                    names.at(each),
                    names.at(each).text().toLowerCase(Locale.ROOT),
                    "may have mixed case, but should otherwise match: ",
                    errors);
        }
        for (Field each : names.at("shortNames").items()) {
            joined(each, Names.rfc1035Label(each.text()), "", errors);
        }
        if (!names.at("kind").empty()
                && names.at("kind").text().equals(names.at("listKind").text())) {
            errors.invalid(names.at("listKind"), "kind and listKind may not be the same");
        }
        for (Field each : names.at("categories").items()) {
            joined(each, Names.rfc1035Label(each.text()), "", errors);
        }
    }

    private static void label(Field name, String text, String prefix, Errors errors) {
        if (!name.empty()) {
            joined(name, Names.rfc1035Label(text), prefix, errors);
        }
    }

    /** One error of all messages. */
    static void joined(Field field, List<String> messages, String prefix, Errors errors) {
        if (!messages.isEmpty()) {
            errors.invalid(field, prefix + String.join(",", messages));
        }
    }
}
