package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.List;

/** CSIStorageCapacities: of what they tell is fixed, only how much there is changes. */
public final class CsiStorageCapacityValidation implements KindValidation {

    @Override
    public void create(Field capacity, Errors errors) {
        LabelValidation.selector(capacity.at("nodeTopology"), errors);
        errors.invalid(
                capacity.at("storageClassName"),
                Names.dnsSubdomain(capacity.at("storageClassName").text()));
        if (capacity.at("capacity").present()) {
            Quantities.nonNegative(capacity.at("capacity"), errors);
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        for (String each : List.of("nodeTopology", "storageClassName")) {
            errors.immutable(next.at(each), current.at(each));
        }
    }
}
