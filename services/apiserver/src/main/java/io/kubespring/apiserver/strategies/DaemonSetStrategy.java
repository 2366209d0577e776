package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.tree.Semantics;
import tools.jackson.databind.node.ObjectNode;

/**
 * DaemonSets: an annotation counts the changes of the template. Versions of the API that are gone had a field for it,
 * and upstream still writes it.
 */
final class DaemonSetStrategy extends WorkloadStrategy {

    private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    DaemonSetStrategy() {
        super(Traits.CONTROLLED, "spec.template", NOTHING, NOTHING);
    }

    @Override
    public void prepareForCreate(ObjectNode daemonSet, Context context) {
        super.prepareForCreate(daemonSet, context);
        annotate(daemonSet, Math.max(1, templateGeneration(daemonSet)));
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        super.prepareForUpdate(next, current, context);
        boolean changed = !Semantics.equal(
                next.path("spec").path("template"), current.path("spec").path("template"));
        annotate(next, Math.max(1, templateGeneration(current)) + (changed ? 1 : 0));
    }

    private static long templateGeneration(ObjectNode daemonSet) {
        try {
            return Long.parseLong(daemonSet
                    .path("metadata")
                    .path("annotations")
                    .path(TEMPLATE_GENERATION)
                    .asString(""));
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    private static void annotate(ObjectNode daemonSet, long generation) {
        metadata(daemonSet).withObjectProperty("annotations").put(TEMPLATE_GENERATION, Long.toString(generation));
    }
}
