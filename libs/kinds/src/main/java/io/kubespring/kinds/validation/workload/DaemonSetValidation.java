package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.List;

/** DaemonSets. */
public final class DaemonSetValidation implements KindValidation {

    @Override
    public void create(Field daemonSet, Errors errors) {
        Field spec = daemonSet.at("spec");
        SelectorRules.selector(spec.at("selector"), "daemonset", errors);
        SelectorRules.template(spec, errors);
        errors.nonNegative(spec.at("minReadySeconds"));
        errors.nonNegative(spec.at("revisionHistoryLimit"));
        Field strategy = spec.at("updateStrategy");
        switch (strategy.at("type").text()) {
            case "OnDelete" -> {}
            case "RollingUpdate" -> rolling(strategy.at("rollingUpdate"), errors);
            default -> errors.notSupported(strategy.at("type"), List.of("RollingUpdate", "OnDelete"));
        }
    }

    private static void rolling(Field rolling, Errors errors) {
        Field unavailable = rolling.at("maxUnavailable");
        Field surge = rolling.at("maxSurge");
        Numbers.countOrPercent(unavailable, errors);
        Numbers.countOrPercent(surge, errors);
        boolean hasUnavailable = !Numbers.isZero(unavailable);
        boolean hasSurge = !Numbers.isZero(surge);
        if (hasUnavailable && hasSurge) {
            errors.invalid(surge, "may not be set when maxUnavailable is non-zero");
        } else if (!hasUnavailable && !hasSurge) {
            errors.required(unavailable, "cannot be 0 when maxSurge is 0");
        }
        Numbers.notAboveHundredPercent(unavailable, errors);
        Numbers.notAboveHundredPercent(surge, errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        errors.immutable(next.at("spec", "selector"), current.at("spec", "selector"));
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            for (String each : List.of(
                    "currentNumberScheduled",
                    "numberMisscheduled",
                    "desiredNumberScheduled",
                    "numberReady",
                    "observedGeneration",
                    "updatedNumberScheduled",
                    "numberAvailable",
                    "numberUnavailable")) {
                errors.nonNegative(next.at("status", each));
            }
        }
    }
}
