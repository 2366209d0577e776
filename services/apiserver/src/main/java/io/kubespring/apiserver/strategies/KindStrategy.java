package io.kubespring.apiserver.strategies;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.apiserver.registry.GenericStrategy;
import io.kubespring.apiserver.registry.Propagation;
import io.kubespring.kinds.defaulting.DisabledFields;
import io.kubespring.kinds.defaulting.RequiredStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A kind that differs from the others only by its {@link Traits}; kinds with more of their own extend it. */
class KindStrategy extends GenericStrategy {

    private static final List<String> METADATA = List.of("labels", "annotations", "finalizers", "ownerReferences");
    private static final Set<String> SPEC_AND_METADATA = Set.of("spec", "metadata");

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
        DisabledFields.drop(context.type().kind().kind(), object, MissingNode.getInstance());
        if (context.type().subresource("status") != null) {
            RequiredStatus.fill(context.type().kind(), object.putObject("status"));
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        DisabledFields.drop(context.type().kind().kind(), next, current);
        super.prepareForUpdate(next, current, context);
        if (traits.statusAlone() && context.subresource().equals("status")) {
            METADATA.forEach(each -> keep(each, metadata(next), metadata(current)));
        }
    }

    @Override
    public Set<String> resetFields(String subresource) {
        return traits.statusAlone() && subresource.equals("status")
                ? SPEC_AND_METADATA
                : super.resetFields(subresource);
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
    public @Nullable Propagation defaultPropagation() {
        return traits.propagation();
    }
}
