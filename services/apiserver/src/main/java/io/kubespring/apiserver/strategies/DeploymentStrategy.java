package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.warnings.WorkloadWarnings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deployments: annotations travel to ReplicaSets, so a change of them counts as a new generation too. */
final class DeploymentStrategy extends WorkloadStrategy {

    DeploymentStrategy() {
        super(Traits.CONTROLLED, "spec.template", WorkloadWarnings::name);
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        super.prepareForUpdate(next, current, context);
        JsonNode generation = current.path("metadata").path("generation");
        if (context.subresource().isEmpty()
                && next.path("metadata").path("generation").equals(generation)
                && !next.path("metadata")
                        .path("annotations")
                        .equals(current.path("metadata").path("annotations"))) {
            metadata(next).put("generation", generation.asInt(0) + 1);
        }
    }
}
