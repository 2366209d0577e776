package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.ConditionValidation;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.List;

/** PodDisruptionBudgets: so many must stay, or so many may go, not both. */
public final class DisruptionBudgetValidation implements KindValidation {

    @Override
    public void create(Field budget, Errors errors) {
        Field spec = budget.at("spec");
        Field least = spec.at("minAvailable");
        Field most = spec.at("maxUnavailable");
        if (least.present() && most.present()) {
            errors.invalid(spec, "minAvailable and maxUnavailable cannot be both set");
        }
        for (Field each : List.of(least, most)) {
            if (each.present()) {
                Numbers.countOrPercent(each, errors);
                Numbers.notAboveHundredPercent(each, errors);
            }
        }
        LabelValidation.selector(spec.at("selector"), errors);
        Field eviction = spec.at("unhealthyPodEvictionPolicy");
        if (eviction.present()) {
            errors.oneOf(eviction, List.of("AlwaysAllow", "IfHealthyBudget"));
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            ConditionValidation.check(next.at("status", "conditions"), errors);
            StatusCounts.nonNegative(
                    next.at("status"),
                    List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"),
                    errors);
        }
    }
}
