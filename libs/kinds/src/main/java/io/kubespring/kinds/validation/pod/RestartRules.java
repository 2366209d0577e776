package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** When a container of its own is restarted (KEP-5307): by a policy, and by rules over its exit codes. */
final class RestartRules {

    private static final List<String> POLICIES = List.of("Always", "Never", "OnFailure");
    private static final List<String> ACTIONS = List.of("Restart", "RestartAllContainers");
    private static final int MAX_RULES = 20;
    private static final int MAX_CODES = 255;

    private RestartRules() {}

    static void check(Field container, Errors errors) {
        Field policy = container.at("restartPolicy");
        Field rules = container.at("restartPolicyRules");
        if (policy.present()) {
            errors.oneOf(policy, POLICIES);
        } else if (!rules.empty()) {
            errors.required(policy, "must specify restartPolicy when restart rules are used");
        }
        if (rules.items().size() > MAX_RULES) {
            errors.tooMany(rules, rules.items().size(), MAX_RULES);
        }
        for (Field rule : rules.items()) {
            errors.oneOf(rule.at("action"), ACTIONS);
            exitCodes(rule.at("exitCodes"), errors);
        }
    }

    private static void exitCodes(Field codes, Errors errors) {
        if (codes.absent()) {
            errors.required(codes, "must be specified");
            return;
        }
        errors.oneOf(codes.at("operator"), List.of("In", "NotIn"));
        Field values = codes.at("values");
        if (values.items().size() > MAX_CODES) {
            errors.tooMany(values, values.items().size(), MAX_CODES);
        }
    }
}
