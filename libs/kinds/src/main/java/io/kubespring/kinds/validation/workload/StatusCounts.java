package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** The counters in a workload's status: never below zero, no part above the whole, and collisions only become more. */
final class StatusCounts {

    private StatusCounts() {}

    static void nonNegative(Field status, List<String> counters, Errors errors) {
        for (String each : counters) {
            errors.nonNegative(status.at(each));
        }
    }

    /** No part is more than all replicas, and what is available is ready too. */
    static void parts(Field status, List<String> parts, String readyName, Errors errors) {
        long replicas = status.at("replicas").number();
        for (String each : parts) {
            long part = status.at(each).number();
            if (part > replicas) {
                errors.invalid(status.at(each), part, "cannot be greater than status.replicas");
            }
        }
        long available = status.at("availableReplicas").number();
        if (available > status.at("readyReplicas").number()) {
            errors.invalid(status.at("availableReplicas"), available, "cannot be greater than " + readyName);
        }
    }

    static void collisions(Field next, Field current, Errors errors) {
        Field before = current.at("status", "collisionCount");
        Field after = next.at("status", "collisionCount");
        if (before.present() && (after.absent() || after.number() < before.number())) {
            errors.invalid(after, after.number(), "cannot be decremented");
        }
    }
}
