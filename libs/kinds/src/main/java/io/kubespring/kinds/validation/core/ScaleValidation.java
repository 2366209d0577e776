package io.kubespring.kinds.validation.core;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;

/** The scale of a workload, which is never stored. */
public final class ScaleValidation implements KindValidation {

    @Override
    public void create(Field scale, Errors errors) {
        errors.nonNegative(scale.at("spec", "replicas"));
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
