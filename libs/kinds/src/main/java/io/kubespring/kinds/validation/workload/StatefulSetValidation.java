package io.kubespring.kinds.validation.workload;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import io.kubespring.kinds.validation.pod.PodTemplateValidation;
import io.kubespring.kinds.validation.storage.ClaimValidation;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
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
        for (Field claim : spec.at("volumeClaimTemplates").items()) {
            ClaimValidation.spec(claim.at("spec"), errors);
        }
        selectorAndTemplate(spec, true, errors);
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

    /** @param whole whether the template must be one that Pods can be made of: an old one may be broken */
    private static void selectorAndTemplate(Field spec, boolean whole, Errors errors) {
        SelectorRules.selector(spec.at("selector"), "statefulset", errors);
        SelectorRules.fits(spec, "", errors);
        if (whole) {
            PodTemplateValidation.check(asPodsGetIt(spec), errors);
        } else {
            PodTemplateValidation.metadata(spec.at("template"), errors);
        }
        SelectorRules.restartsForEver(spec.at("template"), "StatefulSet", errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        // Names of services that are no DNS label have been accepted once, and cannot be changed.
        beforeSelector(next.at("spec"), errors);
        var known = new Errors();
        beforeSelector(current.at("spec"), known);
        selectorAndTemplate(current.at("spec"), true, known);
        selectorAndTemplate(next.at("spec"), known.isEmpty(), errors);
        if (!Semantics.equal(fixed(next), fixed(current))) {
            errors.forbidden(
                    next.at("spec"),
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                            + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                            + " 'minReadySeconds' are forbidden");
        }
    }

    /** The template with a volume for every claim, and without the names that the controller gives. */
    private static Field asPodsGetIt(Field spec) {
        Field template = spec.at("template");
        if (!(template.at("spec").value() instanceof ObjectNode)) {
            return template;
        }
        ObjectNode copy = (ObjectNode) template.value().deepCopy();
        ObjectNode pod = (ObjectNode) copy.get("spec");
        pod.remove(List.of("subdomain", "hostname"));
        List<String> claims = spec.at("volumeClaimTemplates").items().stream()
                .map(each -> each.at("metadata", "name").text())
                .distinct()
                .toList();
        if (!claims.isEmpty()) {
            ArrayNode volumes = JsonNodeFactory.instance.arrayNode();
            for (String name : claims) {
                volumes.addObject()
                        .put("name", name)
                        .putObject("persistentVolumeClaim")
                        .put("claimName", name);
            }
            for (JsonNode volume : pod.path("volumes")) {
                if (!claims.contains(volume.path("name").asString(""))) {
                    volumes.add(volume);
                }
            }
            pod.set("volumes", volumes);
        }
        return template.withValue(copy);
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
