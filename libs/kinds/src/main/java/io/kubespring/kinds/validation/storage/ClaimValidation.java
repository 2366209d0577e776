package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** PersistentVolumeClaims: once bound they may only grow. */
public final class ClaimValidation implements KindValidation {

    @Override
    public void create(Field claim, Errors errors) {
        Field spec = claim.at("spec");
        PersistentVolumeValidation.accessModes(spec.at("accessModes"), "at least 1 access mode is required", errors);
        LabelValidation.selector(spec.at("selector"), errors);
        Field storage = spec.at("resources", "requests").key("storage");
        if (storage.absent()) {
            errors.required(storage, "");
        } else {
            Quantity size = Quantities.nonNegative(storage, errors);
            if (size != null && size.isZero()) {
                errors.invalid(storage, storage.value().asString(), "must be greater than zero");
            }
        }
        if (!spec.at("storageClassName").empty()) {
            errors.invalid(
                    spec.at("storageClassName"),
                    Names.dnsSubdomain(spec.at("storageClassName").text()));
        }
        if (spec.at("volumeMode").present()) {
            errors.oneOf(spec.at("volumeMode"), PersistentVolumeValidation.VOLUME_MODES);
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        Field size = next.at("spec", "resources").at("requests").key("storage");
        Quantity wanted = Quantities.read(size);
        Quantity before =
                Quantities.read(current.at("spec", "resources").at("requests").key("storage"));
        if (wanted != null && before != null && wanted.compareTo(before) < 0) {
            errors.forbidden(size, "field can not be less than status.capacity");
        }
        boolean unbound = current.at("spec", "volumeName").empty();
        if (!Semantics.equal(
                fixed(next.at("spec").value(), unbound),
                fixed(current.at("spec").value(), unbound))) {
            errors.forbidden(
                    next.at("spec"),
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims\n");
        }
    }

    private static JsonNode fixed(JsonNode spec, boolean unbound) {
        if (spec.deepCopy() instanceof ObjectNode copy) {
            copy.remove(List.of("resources", "volumeAttributesClassName"));
            if (unbound) {
                // Binding is the one other change: the volume, and a storage class that was left to the default.
                copy.remove(List.of("volumeName", "storageClassName"));
            }
            return copy;
        }
        return spec;
    }
}
