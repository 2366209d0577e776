package io.kubespring.kinds.validation.core;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Numbers;

/** Leases. */
public final class LeaseValidation implements KindValidation {

    @Override
    public void create(Field lease, Errors errors) {
        Numbers.positive(lease.at("spec", "leaseDurationSeconds"), errors);
        errors.nonNegative(lease.at("spec", "leaseTransitions"));
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
