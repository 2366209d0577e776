package io.kubespring.apiserver.strategies;

import io.kubespring.api.error.FieldError;
import io.kubespring.apiserver.registry.Context;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** ResourceClaims, and templates of some, which have a claim's spec inside their own. */
final class DeviceClaimStrategy extends KindStrategy {

    private final boolean template;

    DeviceClaimStrategy(boolean template) {
        super(Traits.PLAIN.withDeletedObject().withStatusAlone());
        this.template = template;
    }

    @Override
    public List<FieldError> validateCreate(ObjectNode claim, Context context) {
        List<FieldError> errors = new ArrayList<>(super.validateCreate(claim, context));
        errors.addAll(
                template
                        ? AdminDevices.refusals(claim.path("spec").path("spec"), context)
                        : AdminDevices.refusals(claim.path("spec"), context));
        return errors;
    }
}
