package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;

/** Namespaces: their finalizers are the standard one or carry a domain. */
public final class NamespaceValidation implements KindValidation {

    @Override
    public void create(Field namespace, Errors errors) {
        for (Field finalizer : namespace.at("spec", "finalizers").items()) {
            errors.invalid(finalizer, Names.qualifiedName(finalizer.text()));
            if (!finalizer.text().contains("/")
                    && !finalizer.isText("kubernetes")
                    && !finalizer.isText("orphan")
                    && !finalizer.isText("foregroundDeletion")) {
                errors.invalid(finalizer, "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {}

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        switch (subresource) {
            case "finalize" -> create(next, errors);
            case "status" -> {
                Field phase = next.at("status", "phase");
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
