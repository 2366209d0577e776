package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;

/** HorizontalPodAutoscalers; they are checked as what is stored, so v1 is told of the fields of v2, as upstream. */
public final class AutoscalerValidation implements KindValidation {

    private static final int PERIOD_MAX = 1800;
    private static final int WINDOW_MAX = 3600;

    @Override
    public void create(Field autoscaler, Errors errors) {
        Field spec = autoscaler.at("spec");
        boolean core = spec.at("scaleTargetRef", "kind").isText("ReplicationController");
        check(
                spec,
                1,
                core ? MetricRules.Group.OPTIONAL : MetricRules.Group.REQUIRED,
                MetricRules.Group.OPTIONAL,
                errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        Field spec = next.at("spec");
        Field old = current.at("spec");
        Field target = spec.at("scaleTargetRef");
        boolean sameTarget = target.at("apiVersion").sameAs(old.at("scaleTargetRef", "apiVersion"))
                && target.at("kind").sameAs(old.at("scaleTargetRef", "kind"));
        MetricRules.Group group = sameTarget
                ? MetricRules.Group.UNCHECKED
                : target.at("kind").isText("ReplicationController")
                        ? MetricRules.Group.OPTIONAL
                        : MetricRules.Group.REQUIRED;
        boolean brokenBefore = old.at("metrics").items().stream()
                .anyMatch(each -> MetricRules.isUnreadable(each.at("object", "describedObject")));
        check(
                spec,
                old.at("minReplicas").present() && old.at("minReplicas").number() == 0 ? 0 : 1,
                group,
                brokenBefore ? MetricRules.Group.UNCHECKED : MetricRules.Group.OPTIONAL,
                errors);
    }

    private static void check(
            Field spec, int lowest, MetricRules.Group target, MetricRules.Group described, Errors errors) {
        Field least = spec.at("minReplicas");
        Field most = spec.at("maxReplicas");
        if (least.present() && least.number() < lowest) {
            errors.invalid(least, "must be greater than or equal to " + lowest);
        }
        if (most.number() == 0) {
            errors.required(most, "must be set and greater than 0");
        } else if (most.number() < 0) {
            errors.invalid(most, most.number(), "must be greater than or equal to 1");
        }
        if (least.present() && most.number() < least.number()) {
            errors.invalid(most, most.number(), "must be greater than or equal to `minReplicas`");
        }
        MetricRules.reference(spec.at("scaleTargetRef"), target, errors);
        MetricRules.check(spec.at("metrics"), described, errors);
        boolean outside = spec.at("metrics").items().stream()
                .anyMatch(each ->
                        each.at("type").isText("Object") || each.at("type").isText("External"));
        if (least.present() && least.number() == 0 && !outside) {
            errors.forbidden(
                    spec.at("metrics"),
                    "must specify at least one Object or External metric to support scaling to zero replicas");
        }
        for (String each : List.of("scaleUp", "scaleDown")) {
            if (spec.at("behavior", each).present()) {
                scaling(spec.at("behavior", each), errors);
            }
        }
    }

    private static void scaling(Field rules, Errors errors) {
        Field window = rules.at("stabilizationWindowSeconds");
        if (window.number() < 0) {
            errors.invalid(window, "must be greater than or equal to zero");
        }
        if (window.number() > WINDOW_MAX) {
            errors.invalid(window, "must be less than or equal to " + WINDOW_MAX);
        }
        if (rules.at("selectPolicy").present()) {
            errors.oneOf(rules.at("selectPolicy"), List.of("Disabled", "Max", "Min"));
        }
        Field policies = rules.at("policies");
        if (policies.empty()) {
            errors.required(policies, "must specify at least one Policy");
        }
        for (Field policy : policies.items()) {
            errors.oneOf(policy.at("type"), List.of("Percent", "Pods"));
            for (String each : List.of("value", "periodSeconds")) {
                if (policy.at(each).number() <= 0) {
                    errors.invalid(policy.at(each), policy.at(each).number(), "must be greater than zero");
                }
            }
            if (policy.at("periodSeconds").number() > PERIOD_MAX) {
                errors.invalid(policy.at("periodSeconds"), "must be less than or equal to " + PERIOD_MAX);
            }
        }
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            StatusCounts.nonNegative(next.at("status"), List.of("currentReplicas", "desiredReplicas"), errors);
        }
    }
}
