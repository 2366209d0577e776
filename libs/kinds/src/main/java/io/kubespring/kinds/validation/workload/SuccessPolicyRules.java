package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;

/** When an Indexed Job has succeeded before all of it has ("Success policy", KEP-3998). */
final class SuccessPolicyRules {

    private static final int RULES_MAX = 20;
    private static final int INDEXES_MAX = 64 * 1024;

    private SuccessPolicyRules() {}

    static void check(Field spec, Errors errors) {
        Field rules = spec.at("successPolicy", "rules");
        int size = rules.items().size();
        if (size == 0) {
            errors.required(rules, "at least one rules must be specified when the successPolicy is specified");
        } else if (size > RULES_MAX) {
            errors.tooMany(rules, size, RULES_MAX);
        }
        for (Field rule : rules.items()) {
            rule(rule, spec.at("completions").number(), errors);
        }
    }

    private static void rule(Field rule, long completions, Errors errors) {
        Field count = rule.at("succeededCount");
        Field indexes = rule.at("succeededIndexes");
        if (count.absent() && indexes.absent()) {
            errors.required(rule, "at least one of succeededCount or succeededIndexes must be specified");
        }
        long total = 0;
        if (indexes.present()) {
            if (indexes.text().length() > INDEXES_MAX) {
                errors.tooLong(indexes, INDEXES_MAX);
            }
            try {
                total = JobIndexes.parse(indexes.text(), completions).count();
            } catch (IllegalArgumentException unreadable) {
                errors.invalid(indexes, "error parsing succeededIndexes: " + unreadable.getMessage());
            }
        }
        if (count.present()) {
            errors.nonNegative(count);
            if (count.number() > completions) {
                errors.invalid(
                        count,
                        "must be less than or equal to " + completions + " (the number of specified completions)");
            }
            if (indexes.present() && count.number() > total) {
                errors.invalid(
                        count,
                        "must be less than or equal to " + total
                                + " (the number of indexes in the specified succeededIndexes field)");
            }
        }
    }
}
