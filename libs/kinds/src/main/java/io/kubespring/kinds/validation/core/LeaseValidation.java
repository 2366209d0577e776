package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.List;

/** Leases. */
public final class LeaseValidation implements KindValidation {

    @Override
    public void create(Field lease, Errors errors) {
        Numbers.positive(lease.at("spec", "leaseDurationSeconds"), errors);
        errors.nonNegative(lease.at("spec", "leaseTransitions"));
        Field strategy = lease.at("spec", "strategy");
        if (strategy.present()) {
            strategy(strategy, errors);
        }
        if (!lease.at("spec", "preferredHolder").empty() && strategy.empty()) {
            errors.forbidden(lease.at("spec", "preferredHolder"), "may only be specified if `strategy` is defined");
        }
    }

    /** Kubernetes' own has no domain; upstream names the field twice. */
    private static void strategy(Field strategy, Errors errors) {
        Field named = strategy.at("strategy").withValue(strategy.value());
        if (strategy.text().contains("/")) {
            errors.invalid(named, Names.qualifiedName(strategy.text()));
        } else {
            errors.oneOf(named, List.of("OldestEmulationVersion"));
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
