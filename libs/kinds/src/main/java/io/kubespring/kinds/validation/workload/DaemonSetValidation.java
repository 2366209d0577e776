package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;
import java.util.List;

/** DaemonSets. */
public final class DaemonSetValidation implements KindValidation {

    private static final List<String> COUNTERS = List.of(
            "currentNumberScheduled",
            "numberMisscheduled",
            "desiredNumberScheduled",
            "numberReady",
            "observedGeneration",
            "updatedNumberScheduled",
            "numberAvailable",
            "numberUnavailable",
            "collisionCount");

    @Override
    public void create(Field daemonSet, Errors errors) {
        Field spec = daemonSet.at("spec");
        Field template = spec.at("template");
        LabelValidation.selector(spec.at("selector"), errors);
        SelectorRules.fits(spec, errors);
        SelectorRules.notEmpty(spec.at("selector"), "daemonset", errors);
        PodTemplateValidation.check(template, errors);
        SelectorRules.restartsForEver(template, "DaemonSet", errors);
        errors.nonNegative(spec.at("minReadySeconds"));
        strategy(spec.at("updateStrategy"), errors);
        errors.nonNegative(spec.at("revisionHistoryLimit"));
    }

    private static void strategy(Field strategy, Errors errors) {
        switch (strategy.at("type").text()) {
            case "OnDelete" -> {}
            case "RollingUpdate" -> rolling(strategy.at("rollingUpdate"), errors);
            default -> errors.notSupportedOf(strategy, "RollingUpdate", "OnDelete");
        }
    }

    private static void rolling(Field rolling, Errors errors) {
        Field unavailable = rolling.at("maxUnavailable");
        Field surge = rolling.at("maxSurge");
        Numbers.countOrPercent(unavailable, errors);
        Numbers.countOrPercent(surge, errors);
        Numbers.notAboveHundredPercent(unavailable, errors);
        Numbers.notAboveHundredPercent(surge, errors);
        boolean hasUnavailable = !Numbers.isZero(unavailable);
        boolean hasSurge = !Numbers.isZero(surge);
        if (hasUnavailable && hasSurge) {
            errors.invalid(surge, "may not be set when maxUnavailable is non-zero");
        } else if (!hasUnavailable && !hasSurge) {
            errors.required(unavailable, "cannot be 0 when maxSurge is 0");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        errors.immutable(next.at("spec", "selector"), current.at("spec", "selector"));
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            StatusCounts.nonNegative(next.at("status"), COUNTERS, errors);
            StatusCounts.collisions(next, current, errors);
        }
    }
}
