package io.kubespring.kinds.validation.device;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** Taints of devices, and what tolerates them (KEP-5055). */
final class Taints {

    private static final List<String> EFFECTS = List.of("NoExecute", "NoSchedule", "None");

    private Taints() {}

    static void taint(Field taint, Errors errors) {
        errors.invalid(taint.at("key"), Names.qualifiedName(taint.at("key").text()));
        errors.invalid(taint.at("value"), Names.labelValue(taint.at("value").text()));
        errors.requireOneOf(taint.at("effect"), EFFECTS);
    }

    static void toleration(Field toleration, Errors errors) {
        Field key = toleration.at("key");
        if (!key.empty()) {
            errors.invalid(key, Names.qualifiedName(key.text()));
        }
        Field value = toleration.at("value");
        switch (toleration.at("operator").text()) {
            case "Exists" -> {
                if (!value.empty()) {
                    errors.invalid(value, "must be empty for operator `Exists`");
                }
            }
            case "Equal" -> errors.invalid(value, Names.labelValue(value.text()));
            case "" -> errors.required(toleration.at("operator"), "");
            default -> errors.notSupportedOf(toleration.at("operator"), "Equal", "Exists");
        }
        if (!toleration.at("effect").empty()) {
            errors.oneOf(toleration.at("effect"), EFFECTS);
        }
    }
}
