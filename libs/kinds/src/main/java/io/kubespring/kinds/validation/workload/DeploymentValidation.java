package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.List;

/** Deployments: the selector never changes, and an update can always make progress. */
public final class DeploymentValidation implements KindValidation {

    @Override
    public void create(Field deployment, Errors errors) {
        Field spec = deployment.at("spec");
        errors.nonNegative(spec.at("replicas"));
        SelectorRules.selector(spec.at("selector"), "deployment", errors);
        SelectorRules.template(spec, errors);
        strategy(spec.at("strategy"), errors);
        for (String each : List.of("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds")) {
            errors.nonNegative(spec.at(each));
        }
        Field deadline = spec.at("progressDeadlineSeconds");
        if (deadline.present()
                && deadline.number() <= spec.at("minReadySeconds").number()) {
            errors.invalid(deadline, "must be greater than minReadySeconds");
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
            status(next.at("status"), errors);
            StatusCounts.collisions(next, current, errors);
        } else {
            errors.nonNegative(next.at("spec", "replicas"));
        }
    }

    private static void status(Field status, Errors errors) {
        StatusCounts.nonNegative(
                status,
                List.of(
                        "observedGeneration",
                        "replicas",
                        "updatedReplicas",
                        "readyReplicas",
                        "availableReplicas",
                        "unavailableReplicas",
                        "terminatingReplicas",
                        "collisionCount"),
                errors);
        StatusCounts.parts(
                status, List.of("updatedReplicas", "readyReplicas", "availableReplicas"), "readyReplicas", errors);
    }

    private static void strategy(Field strategy, Errors errors) {
        Field rolling = strategy.at("rollingUpdate");
        switch (strategy.at("type").text()) {
            case "Recreate" -> {
                if (rolling.present()) {
                    errors.forbidden(rolling, "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> {
                if (rolling.absent()) {
                    errors.required(rolling, "this should be defaulted and never be nil");
                } else {
                    rolling(rolling, errors);
                }
            }
            default -> errors.notSupportedOf(strategy, "Recreate", "RollingUpdate");
        }
    }

    private static void rolling(Field rolling, Errors errors) {
        Field unavailable = rolling.at("maxUnavailable");
        Field surge = rolling.at("maxSurge");
        Numbers.countOrPercent(unavailable, errors);
        Numbers.countOrPercent(surge, errors);
        if (Numbers.isZero(unavailable) && Numbers.isZero(surge)) {
            errors.invalid(unavailable, "may not be 0 when `maxSurge` is 0");
        }
        Numbers.notAboveHundredPercent(unavailable, errors);
    }
}
