package io.kubespring.kinds.validation.access;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;

/** One rule of a role: verbs, on resources or on URLs. */
final class RuleChecks {

    private RuleChecks() {}

    static void check(Field rule, boolean namespaced, Errors errors) {
        Field urls = rule.at("nonResourceURLs");
        if (rule.at("verbs").empty()) {
            errors.required(rule.at("verbs"), "verbs must contain at least one value");
        }
        if (!urls.empty()) {
            if (namespaced) {
                errors.invalid(urls, "namespaced rules cannot apply to non-resource URLs");
            }
            if (!rule.at("apiGroups").empty()
                    || !rule.at("resources").empty()
                    || !rule.at("resourceNames").empty()) {
                errors.invalid(urls, "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (rule.at("apiGroups").empty()) {
            errors.required(rule.at("apiGroups"), "resource rules must supply at least one api group");
        }
        if (rule.at("resources").empty()) {
            errors.required(rule.at("resources"), "resource rules must supply at least one resource");
        }
    }
}
