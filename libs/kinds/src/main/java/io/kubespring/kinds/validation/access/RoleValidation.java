package io.kubespring.kinds.validation.access;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;

/** Roles and ClusterRoles. */
public final class RoleValidation implements KindValidation {

    private final boolean namespaced;

    public RoleValidation(boolean namespaced) {
        this.namespaced = namespaced;
    }

    @Override
    public void create(Field role, Errors errors) {
        for (Field rule : role.at("rules").items()) {
            RuleChecks.check(rule, namespaced, errors);
        }
        Field aggregation = role.at("aggregationRule");
        if (!namespaced && aggregation.present()) {
            Field selectors = aggregation.at("clusterRoleSelectors");
            if (selectors.empty()) {
                errors.required(selectors, "at least one clusterRoleSelector required if aggregationRule is non-nil");
            }
            for (Field each : selectors.items()) {
                int before = errors.list().size();
                LabelValidation.selector(each, errors);
                if (errors.list().size() > before) {
                    errors.invalid(each, null, "invalid label selector.");
                }
            }
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
