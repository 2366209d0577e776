package io.kubespring.apiserver.strategies;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.apiserver.registry.GenericStrategy;
import io.kubespring.apiserver.registry.Propagation;
import io.kubespring.kinds.defaulting.RequiredCounters;
import tools.jackson.databind.node.ObjectNode;

/** A kind that differs from the others only by its {@link Traits}; kinds with more of their own extend it. */
class KindStrategy extends GenericStrategy {

    private final Traits traits;

    KindStrategy(Traits traits) {
        this.traits = traits;
    }

    @Override
    protected boolean tracksGeneration(ResourceType type) {
        return traits.generation();
    }

    @Override
    public void prepareForCreate(ObjectNode object, Context context) {
        super.prepareForCreate(object, context);
        if (context.type().subresource("status") != null) {
            RequiredCounters.fill(context.type().kind(), object.putObject("status"));
        }
    }

    @Override
    public boolean allowCreateOnUpdate() {
        return traits.createOnUpdate();
    }

    @Override
    public boolean allowUnconditionalUpdate() {
        return traits.unconditionalUpdate();
    }

    @Override
    public boolean returnsDeletedObject() {
        return traits.returnsDeleted();
    }

    @Override
    public Propagation defaultPropagation() {
        return traits.propagation();
    }
}
