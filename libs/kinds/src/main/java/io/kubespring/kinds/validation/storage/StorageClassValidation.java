package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;
import java.util.Locale;

/** StorageClasses: what made existing volumes does not change. */
public final class StorageClassValidation implements KindValidation {

    @Override
    public void create(Field storageClass, Errors errors) {
        Field provisioner = storageClass.at("provisioner");
        if (provisioner.empty()) {
            errors.required(provisioner, "");
        } else {
            errors.invalid(provisioner, Names.qualifiedName(provisioner.text().toLowerCase(Locale.ROOT)));
        }
        errors.oneOf(storageClass.at("reclaimPolicy"), List.of("Delete", "Retain"));
        errors.oneOf(storageClass.at("volumeBindingMode"), List.of("Immediate", "WaitForFirstConsumer"));
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        for (String each : List.of("parameters", "provisioner", "reclaimPolicy")) {
            if (!next.at(each).sameAs(current.at(each))) {
                errors.forbidden(next.at(each), "updates to " + each + " are forbidden.");
            }
        }
        errors.immutable(next.at("volumeBindingMode"), current.at("volumeBindingMode"));
    }
}
