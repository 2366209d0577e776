package io.kubespring.kinds.validation.workload;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * StatefulSets: identity and storage are fixed once they exist. Of the template only the metadata is looked at, as
 * upstream: its containers may mount volumes that the claim templates will bring.
 */
public final class StatefulSetValidation implements KindValidation {

    private static final List<String> CHANGEABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");
    private static final List<String> COUNTERS = List.of(
            "replicas",
            "readyReplicas",
            "currentReplicas",
            "updatedReplicas",
            "availableReplicas",
            "observedGeneration",
            "collisionCount");

    @Override
    public void create(Field statefulSet, Errors errors) {
        Field spec = statefulSet.at("spec");
        beforeSelector(spec, errors);
        if (!spec.at("serviceName").empty()) {
            errors.invalid(
                    spec.at("serviceName"),
                    Names.dnsLabel(spec.at("serviceName").text()));
        }
        selectorAndTemplate(spec, errors);
    }

    private static void beforeSelector(Field spec, Errors errors) {
        Field policy = spec.at("podManagementPolicy");
        if (policy.empty()) {
            errors.required(policy, "");
        } else if (!policy.isText("OrderedReady") && !policy.isText("Parallel")) {
            errors.invalid(policy, "must be 'OrderedReady' or 'Parallel'");
        }
        strategy(spec.at("updateStrategy"), errors);
        Field retention = spec.at("persistentVolumeClaimRetentionPolicy");
        if (retention.present()) {
            for (String each : List.of("whenDeleted", "whenScaled")) {
                if (!List.of("Retain", "Delete").contains(retention.at(each).text())) {
                    errors.notSupportedOf(retention.at(each), "Retain", "Delete");
                }
            }
        }
        errors.nonNegative(spec.at("replicas"));
        errors.nonNegative(spec.at("minReadySeconds"));
        errors.nonNegative(spec.at("ordinals", "start"));
    }

    private static void strategy(Field strategy, Errors errors) {
        Field rolling = strategy.at("rollingUpdate");
        switch (strategy.at("type").text()) {
            case "" -> errors.required(strategy, "");
            case "OnDelete" -> {
                if (rolling.present()) {
                    errors.invalid(rolling, "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> rolling(rolling, errors);
            default -> errors.invalid(strategy, "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private static void rolling(Field rolling, Errors errors) {
        errors.nonNegative(rolling.at("partition"));
        Field unavailable = rolling.at("maxUnavailable");
        if (unavailable.present()) {
            Numbers.countOrPercent(unavailable, errors);
            if (Numbers.isZero(unavailable)) {
                errors.invalid(unavailable, "cannot be 0");
            }
            Numbers.notAboveHundredPercent(unavailable, errors);
        }
    }

    private static void selectorAndTemplate(Field spec, Errors errors) {
        SelectorRules.selector(spec.at("selector"), "statefulset", errors);
        SelectorRules.fits(spec, "", errors);
        PodTemplateValidation.metadata(spec.at("template"), errors);
        SelectorRules.restartsForEver(spec.at("template"), "StatefulSet", errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        // Names of services that are no DNS label have been accepted once, and cannot be changed.
        beforeSelector(next.at("spec"), errors);
        selectorAndTemplate(next.at("spec"), errors);
        if (!Semantics.equal(fixed(next), fixed(current))) {
            errors.forbidden(
                    next.at("spec"),
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                            + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                            + " 'minReadySeconds' are forbidden");
        }
    }

    private static JsonNode fixed(Field statefulSet) {
        JsonNode spec = statefulSet.at("spec").value().deepCopy();
        if (spec instanceof ObjectNode object) {
            object.remove(CHANGEABLE);
        }
        return spec;
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (subresource.equals("status")) {
            StatusCounts.nonNegative(next.at("status"), COUNTERS, errors);
            StatusCounts.parts(
                    next.at("status"),
                    List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"),
                    "status.readyReplicas",
                    errors);
            StatusCounts.collisions(next, current, errors);
        } else {
            errors.nonNegative(next.at("spec", "replicas"));
        }
    }
}
