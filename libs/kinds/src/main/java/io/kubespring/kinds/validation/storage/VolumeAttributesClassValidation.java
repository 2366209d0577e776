package io.kubespring.kinds.validation.storage;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;

/** VolumeAttributesClasses (KEP 3751): as fixed as StorageClasses. */
public final class VolumeAttributesClassValidation implements KindValidation {

    @Override
    public void create(Field attributes, Errors errors) {
        VolumeParameters.provisioner(attributes.at("driverName"), errors);
        VolumeParameters.check(attributes.at("parameters"), false, errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        for (String each : List.of("driverName", "parameters")) {
            if (!next.at(each).sameAs(current.at(each))) {
                errors.forbidden(next.at(each), "updates to " + each + " are forbidden.");
            }
        }
        create(next, errors);
    }
}
