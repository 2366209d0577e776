package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** The counters in a workload's status: never below zero, and no part above the whole. */
final class StatusCounts {

    private StatusCounts() {}

    static void check(Field status, List<String> counters, Errors errors) {
        long replicas = status.at("replicas").number();
        for (String each : counters) {
            errors.nonNegative(status.at(each));
        }
        errors.nonNegative(status.at("observedGeneration"));
        for (String each : List.of("updatedReplicas", "readyReplicas", "availableReplicas", "fullyLabeledReplicas")) {
            if (counters.contains(each) && status.at(each).number() > replicas) {
                errors.invalid(status.at(each), "cannot be greater than status.replicas");
            }
        }
        if (status.at("availableReplicas").number() > status.at("readyReplicas").number()) {
            errors.invalid(status.at("availableReplicas"), "cannot be greater than readyReplicas");
        }
    }
}
