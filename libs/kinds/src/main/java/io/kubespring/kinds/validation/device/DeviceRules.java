package io.kubespring.kinds.validation.device;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.NameChecks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What classes, claims, allocations and slices have in common: selectors, configuration, conditions of binding. */
final class DeviceRules {

    static final int ALL_MAX = 32;
    private static final int EXPRESSION_MAX = 10 * 1024;
    private static final int PARAMETERS_MAX = 10 * 1024;
    private static final int CONDITIONS_MAX = 4;

    private DeviceRules() {}

    static void selectors(Field selectors, Errors errors) {
        Lists.bounded(selectors, ALL_MAX, each -> selector(each.at("cel"), errors), errors);
    }

    private static void selector(Field cel, Errors errors) {
        if (cel.absent()) {
            errors.required(cel, "");
        } else if (cel.at("expression").text().length() > EXPRESSION_MAX) {
            errors.tooLong(cel.at("expression"), EXPRESSION_MAX);
        }
    }

    static void configuration(Field config, Errors errors) {
        Field opaque = config.at("opaque");
        if (opaque.absent()) {
            errors.required(opaque, "");
            return;
        }
        NameChecks.csiDriver(opaque.at("driver"), errors);
        parameters(opaque.at("parameters"), PARAMETERS_MAX, errors);
    }

    static void parameters(Field parameters, int max, Errors errors) {
        if (parameters.absent()) {
            errors.required(parameters, "");
        } else if (parameters.value().toString().length() > max) {
            errors.tooLong(parameters, max);
        } else if (!parameters.value().isObject()) {
            errors.invalid(parameters, "<value omitted>", "must be a valid JSON object");
        }
    }

    /** Conditions that bind a Pod to devices, and those that give up; neither without the other. */
    static void binding(Field device, Errors errors) {
        Field conditions = device.at("bindingConditions");
        Field failures = device.at("bindingFailureConditions");
        for (Field list : List.of(conditions, failures)) {
            Lists.bounded(list, CONDITIONS_MAX, each -> errors.invalid(each, Names.qualifiedName(each.text())), errors);
        }
        duplicates(conditions, errors);
        duplicates(failures, errors);
        for (Field each : failures.items()) {
            if (conditions.texts().contains(each.text())) {
                errors.invalid(each, "bindingFailureConditions must not overlap with bindingConditions");
            }
        }
        if (conditions.empty() && !failures.empty()) {
            errors.invalid(conditions, null, "bindingConditions are required to use bindingFailureConditions");
        }
        if (failures.empty() && !conditions.empty()) {
            errors.invalid(failures, null, "bindingFailureConditions are required to use bindingConditions");
        }
    }

    private static void duplicates(Field list, Errors errors) {
        Set<String> seen = new HashSet<>();
        for (Field each : list.items()) {
            if (!seen.add(each.text())) {
                errors.duplicate(each);
            }
        }
    }
}
