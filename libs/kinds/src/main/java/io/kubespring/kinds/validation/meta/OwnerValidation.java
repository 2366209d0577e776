package io.kubespring.kinds.validation.meta;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import java.util.List;
import java.util.Set;

/** Owner references and finalizers: what garbage collection lives by. */
final class OwnerValidation {

    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";

    private static final Set<String> STANDARD = Set.of("kubernetes", ORPHAN, FOREGROUND);

    private OwnerValidation() {}

    static void references(Field references, Errors errors) {
        String controller = "";
        for (Field reference : references.items()) {
            reference(reference, references, errors);
            if (reference.at("controller").flag()) {
                String name =
                        reference.at("kind").text() + "/" + reference.at("name").text();
                if (controller.isEmpty()) {
                    controller = name;
                } else {
                    errors.invalid(
                            references,
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + name);
                }
            }
        }
    }

    /** Upstream names the list, not the item. */
    private static void reference(Field reference, Field references, Errors errors) {
        String apiVersion = reference.at("apiVersion").text();
        if (apiVersion.isEmpty() || apiVersion.endsWith("/")) {
            errors.invalid(references.at("apiVersion"), apiVersion, "version must not be empty");
        }
        for (String field : List.of("kind", "name", "uid")) {
            if (reference.at(field).empty()) {
                errors.invalid(references.at(field), "", "must not be empty");
            }
        }
        if (apiVersion.equals("v1") && reference.at("kind").isText("Event")) {
            errors.invalid(references, reference.value(), "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    static void finalizers(Field finalizers, Errors errors) {
        List<String> names = finalizers.texts();
        for (String name : names) {
            for (String message : Names.qualifiedName(name)) {
                errors.invalid(finalizers, name, message);
            }
        }
        if (names.contains(ORPHAN) && names.contains(FOREGROUND)) {
            errors.invalid(finalizers, "finalizer " + ORPHAN + " and " + FOREGROUND + " cannot be both set");
        }
    }

    /** A name without a domain must be one that Kubernetes itself knows. */
    static void standardFinalizers(Field finalizers, Errors errors) {
        for (Field each : finalizers.items()) {
            if (!each.text().contains("/") && !STANDARD.contains(each.text())) {
                errors.invalid(each, "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    static void noNewFinalizers(Field next, Field current, Errors errors) {
        List<String> known = current.texts();
        List<String> added = next.texts().stream()
                .filter(each -> !known.contains(each))
                .sorted()
                .toList();
        if (!added.isEmpty()) {
            errors.forbidden(
                    next,
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{\""
                            + String.join("\", \"", added) + "\"}");
        }
    }
}
