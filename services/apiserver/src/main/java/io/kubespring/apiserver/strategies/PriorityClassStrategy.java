package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import tools.jackson.databind.node.ObjectNode;

/** PriorityClasses: of the first generation for ever, for what matters of them cannot change. */
final class PriorityClassStrategy extends KindStrategy {

    PriorityClassStrategy() {
        super(Traits.PLAIN);
    }

    @Override
    public void prepareForCreate(ObjectNode priorityClass, Context context) {
        super.prepareForCreate(priorityClass, context);
        metadata(priorityClass).put("generation", 1L);
    }
}
