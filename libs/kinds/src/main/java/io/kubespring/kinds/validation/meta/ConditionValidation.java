package io.kubespring.kinds.validation.meta;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Conditions of a status that have upstream's common shape ({@code metav1.Condition}). */
public final class ConditionValidation {

    private static final Pattern REASON = Pattern.compile("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?");
    private static final int REASON_MAX = 1024;
    private static final int MESSAGE_MAX = 32 * 1024;

    private ConditionValidation() {}

    public static void check(Field conditions, Errors errors) {
        Set<String> types = new HashSet<>();
        for (Field condition : conditions.items()) {
            if (!types.add(condition.at("type").text())) {
                errors.duplicate(condition.at("type"));
            }
            condition(condition, errors);
        }
    }

    private static void condition(Field condition, Errors errors) {
        Field type = condition.at("type");
        errors.invalid(type, Names.labelKey(type.text()));
        errors.oneOf(condition.at("status"), List.of("False", "True", "Unknown"));
        if (condition.at("observedGeneration").number() < 0) {
            errors.invalid(condition.at("observedGeneration"), "must be greater than or equal to zero");
        }
        if (condition.at("lastTransitionTime").absent()) {
            errors.required(condition.at("lastTransitionTime"), "");
        }
        reason(condition.at("reason"), errors);
        tooLong(condition.at("message"), MESSAGE_MAX, errors);
    }

    private static void reason(Field reason, Errors errors) {
        if (reason.empty()) {
            errors.required(reason, "");
            return;
        }
        if (!REASON.matcher(reason.text()).matches()) {
            errors.invalid(
                    reason,
                    "a condition reason must start with alphabetic character, optionally followed by a string of"
                            + " alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'"
                            + " (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or"
                            + " 'ReasonA:ReasonB', regex used for validation is '" + REASON.pattern() + "')");
        }
        tooLong(reason, REASON_MAX, errors);
    }

    private static void tooLong(Field text, int max, Errors errors) {
        if (text.text().getBytes(StandardCharsets.UTF_8).length > max) {
            errors.tooLong(text, max);
        }
    }
}
