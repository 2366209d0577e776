package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import tools.jackson.databind.node.ObjectNode;

/** PersistentVolumes and their claims: pending until a controller binds them. */
class PhaseStrategy extends KindStrategy {

    PhaseStrategy(Traits traits) {
        super(traits);
    }

    @Override
    public void prepareForCreate(ObjectNode object, Context context) {
        super.prepareForCreate(object, context);
        object.putObject("status").put("phase", "Pending");
    }
}
