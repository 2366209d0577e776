package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** StatefulSets: identity and storage are fixed once they exist. */
public final class StatefulSetValidation implements KindValidation {

    private static final List<String> CHANGEABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    @Override
    public void create(Field statefulSet, Errors errors) {
        Field spec = statefulSet.at("spec");
        management(spec, errors);
        errors.nonNegative(spec.at("replicas"));
        errors.nonNegative(spec.at("minReadySeconds"));
        errors.nonNegative(spec.at("ordinals", "start"));
        SelectorRules.selector(spec.at("selector"), "statefulset", errors);
        SelectorRules.template(spec, errors);
    }

    private static void management(Field spec, Errors errors) {
        Field policy = spec.at("podManagementPolicy");
        if (policy.empty()) {
            errors.required(policy, "");
        } else if (!policy.isText("OrderedReady") && !policy.isText("Parallel")) {
            errors.invalid(policy, "must be 'OrderedReady' or 'Parallel'");
        }
        Field strategy = spec.at("updateStrategy");
        switch (strategy.at("type").text()) {
            case "" -> errors.required(strategy, "");
            case "OnDelete" -> {
                if (strategy.at("rollingUpdate").present()) {
                    errors.invalid(strategy.at("rollingUpdate"), "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> errors.nonNegative(strategy.at("rollingUpdate", "partition"));
            default -> errors.invalid(strategy, "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        if (next.at("spec").value().deepCopy() instanceof ObjectNode munged) {
            for (String field : CHANGEABLE) {
                munged.remove(field);
            }
            var before = current.at("spec").value().deepCopy();
            if (before instanceof ObjectNode old) {
                CHANGEABLE.forEach(old::remove);
            }
            if (!Semantics.equal(munged, before)) {
                errors.forbidden(
                        next.at("spec"),
                        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                                + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                                + " 'minReadySeconds' are forbidden");
            }
        }
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            StatusCounts.check(
                    next.at("status"),
                    List.of("replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"),
                    errors);
        } else {
            errors.nonNegative(next.at("spec", "replicas"));
        }
    }
}
