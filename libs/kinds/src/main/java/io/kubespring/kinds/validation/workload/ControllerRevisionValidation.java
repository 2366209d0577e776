package io.kubespring.kinds.validation.workload;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;

/** ControllerRevisions: what they remember never changes. */
public final class ControllerRevisionValidation implements KindValidation {

    @Override
    public void create(Field revision, Errors errors) {
        errors.nonNegative(revision.at("revision"));
        Field data = revision.at("data");
        if (data.absent()) {
            errors.required(data, "data is mandatory");
        } else if (!data.value().isObject()) {
            errors.required(data, "data must be a valid JSON object");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        errors.nonNegative(next.at("revision"));
        errors.immutable(next.at("data"), current.at("data"));
    }
}
