package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;

/** Namespaces: their finalizers are the standard one or carry a domain. */
public final class NamespaceValidation implements KindValidation {

    @Override
    public void create(Field namespace, Errors errors) {
        // Upstream numbers them only for the endpoint of their own.
        Field finalizers = namespace.at("spec", "finalizers");
        for (Field each : finalizers.items()) {
            finalizer(finalizers.withValue(each.value()), errors);
        }
    }

    private static void finalizer(Field finalizer, Errors errors) {
        errors.invalid(finalizer, Names.qualifiedName(finalizer.text()));
        if (!finalizer.text().contains("/")
                && !finalizer.isText("kubernetes")
                && !finalizer.isText("orphan")
                && !finalizer.isText("foregroundDeletion")) {
            errors.invalid(finalizer, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {}

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        switch (subresource) {
            case "finalize" -> next.at("spec", "finalizers").items().forEach(each -> finalizer(each, errors));
            case "status" -> {
                Field phase = next.at("status")
                        .at("Phase")
                        .withValue(next.at("status", "phase").value());
                boolean dying = next.at("metadata", "deletionTimestamp").present();
                if (!dying && !phase.isText("Active")) {
                    errors.invalid(phase, "may only be 'Active' if `deletionTimestamp` is empty");
                } else if (dying && !phase.isText("Terminating")) {
                    errors.invalid(phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
                }
            }
            default -> {}
        }
    }
}
