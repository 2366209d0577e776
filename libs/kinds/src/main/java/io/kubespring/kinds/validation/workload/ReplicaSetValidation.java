package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;

/** ReplicaSets. */
public final class ReplicaSetValidation implements KindValidation {

    @Override
    public void create(Field replicaSet, Errors errors) {
        Field spec = replicaSet.at("spec");
        errors.nonNegative(spec.at("replicas"));
        errors.nonNegative(spec.at("minReadySeconds"));
        // Upstream says "deployment" here too.
        SelectorRules.selector(spec.at("selector"), "deployment", errors);
        SelectorRules.template(spec, errors);
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
        } else {
            errors.nonNegative(next.at("spec", "replicas"));
        }
    }
    /** Also of ReplicationControllers. */
    static void status(Field status, Errors errors) {
        StatusCounts.nonNegative(
                status,
                List.of(
                        "replicas",
                        "fullyLabeledReplicas",
                        "readyReplicas",
                        "availableReplicas",
                        "observedGeneration",
                        "terminatingReplicas"),
                errors);
        StatusCounts.parts(
                status, List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"), "readyReplicas", errors);
    }
}
