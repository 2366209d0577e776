package io.kubespring.kinds.pod;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of Pods and templates that 1.36 knows but does not serve without an alpha feature: they are dropped in silence,
 * unless the object has them already.
 */
public final class DisabledPodFields {

    /** Sources of projected volumes that are behind features: ClusterTrustBundleProjection, PodCertificateRequest. */
    private static final List<String> PROJECTIONS = List.of("clusterTrustBundle", "podCertificate");

    /** Of the alpha feature GenericWorkload. */
    private static final String GROUP = "schedulingGroup";

    private DisabledPodFields() {}

    /** @param current the spec before, or a missing node */
    public static void drop(JsonNode spec, JsonNode current) {
        if (!(spec instanceof ObjectNode object)) {
            return;
        }
        if (object.has(GROUP) && !current.has(GROUP)) {
            object.remove(GROUP);
        }
        for (JsonNode volume : spec.path("volumes")) {
            // Claims for devices were never meant for claims of volumes.
            if (volume.at("/ephemeral/volumeClaimTemplate/spec/resources") instanceof ObjectNode resources) {
                resources.remove("claims");
            }
            projections(volume, current);
        }
    }

    private static void projections(JsonNode volume, JsonNode current) {
        for (String each : PROJECTIONS) {
            if (isProjected(current, each)) {
                continue;
            }
            for (JsonNode source : volume.path("projected").path("sources")) {
                ((ObjectNode) source).remove(each);
            }
        }
    }

    private static boolean isProjected(JsonNode spec, String what) {
        return spec.path("volumes")
                .valueStream()
                .flatMap(volume -> volume.path("projected").path("sources").valueStream())
                .anyMatch(source -> source.has(what));
    }
}
