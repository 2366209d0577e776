package io.kubespring.apiserver.strategies;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.apimachinery.convert.Conversions;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.validation.Validation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * HorizontalPodAutoscalers: whichever version they come in, they are validated as what is stored, so that what v1 hides in
 * annotations is checked too. Mistakes have the paths of v2, as upstream.
 */
final class AutoscalerStrategy extends KindStrategy {

    AutoscalerStrategy() {
        super(Traits.PLAIN);
    }

    @Override
    public List<FieldError> validateCreate(ObjectNode object, Context context) {
        return Validation.create(stored(context), Conversions.toStored(object));
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode current, Context context) {
        return Validation.update(
                stored(context), context.subresource(), Conversions.toStored(next), Conversions.toStored(current));
    }

    private static GroupVersionKind stored(Context context) {
        return Conversions.stored(context.type().kind());
    }
}
