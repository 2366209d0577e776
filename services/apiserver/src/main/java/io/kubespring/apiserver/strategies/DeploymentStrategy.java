package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.warnings.WorkloadWarnings;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deployments: annotations travel to ReplicaSets, so a change of them counts as a new generation too. The status
 * endpoint leaves labels alone.
 */
final class DeploymentStrategy extends WorkloadStrategy {

    private static final Set<String> SPEC_AND_LABELS = Set.of("spec", "metadata.labels");

    DeploymentStrategy() {
        super(Traits.CONTROLLED, "spec.template", WorkloadWarnings::name, NOTHING);
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        super.prepareForUpdate(next, current, context);
        if (context.subresource().equals("status")) {
            keep("labels", metadata(next), (ObjectNode) current.path("metadata"));
        }
        JsonNode generation = current.path("metadata").path("generation");
        if (context.subresource().isEmpty()
                && next.path("metadata").path("generation").equals(generation)
                && !next.path("metadata")
                        .path("annotations")
                        .equals(current.path("metadata").path("annotations"))) {
            metadata(next).put("generation", generation.asInt(0) + 1);
        }
    }

    @Override
    public Set<String> resetFields(String subresource) {
        return subresource.equals("status") ? SPEC_AND_LABELS : super.resetFields(subresource);
    }
}
