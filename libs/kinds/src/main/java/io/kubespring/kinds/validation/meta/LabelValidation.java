package io.kubespring.kinds.validation.meta;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Labels, annotations and label selectors. */
public final class LabelValidation {

    private static final int ANNOTATIONS_MAX_BYTES = 256 * 1024;

    private LabelValidation() {}

    public static void labels(Field labels, Errors errors) {
        for (Field label : labels.entries()) {
            for (String message : Names.qualifiedName(label.name())) {
                errors.invalid(labels, label.name(), message);
            }
            for (String message : Names.labelValue(label.text())) {
                errors.invalid(labels, label.text(), message);
            }
        }
    }

    public static void annotations(Field annotations, Errors errors) {
        long bytes = 0;
        for (Field annotation : annotations.entries()) {
            for (String message : Names.qualifiedName(annotation.name().toLowerCase(Locale.ROOT))) {
                errors.invalid(annotations, annotation.name(), message);
            }
            bytes += utf8Length(annotation.name()) + utf8Length(annotation.text());
        }
        if (bytes > ANNOTATIONS_MAX_BYTES) {
            errors.tooLong(annotations, ANNOTATIONS_MAX_BYTES);
        }
    }

    /** A {@code LabelSelector} with matchLabels and matchExpressions. */
    public static void selector(Field selector, Errors errors) {
        labels(selector.at("matchLabels"), errors);
        for (Field requirement : selector.at("matchExpressions").items()) {
            requirement(requirement, errors);
        }
    }

    private static void requirement(Field requirement, Errors errors) {
        if (!operator(requirement, errors)) {
            errors.invalid(requirement.at("operator"), "not a valid selector operator");
        }
        keyAndValues(requirement, errors);
    }

    /** A requirement whose operator may be one of a later version. */
    public static void openRequirement(Field requirement, Errors errors) {
        operator(requirement, errors);
        keyAndValues(requirement, errors);
    }

    /** What an operator asks of the values beside it; false if this version does not know it. */
    public static boolean operator(Field requirement, Errors errors) {
        Field values = requirement.at("values");
        switch (requirement.at("operator").text()) {
            case "In", "NotIn" -> {
                if (values.empty()) {
                    errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.empty()) {
                    errors.forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void keyAndValues(Field requirement, Errors errors) {
        errors.invalid(
                requirement.at("key"), Names.qualifiedName(requirement.at("key").text()));
        for (Field value : requirement.at("values").items()) {
            errors.invalid(value, Names.labelValue(value.text()));
        }
    }

    /** Whether a selector selects everything, having no requirement at all. */
    public static boolean selectsAll(Field selector) {
        return selector.at("matchLabels").empty()
                && selector.at("matchExpressions").empty();
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
