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
        spec(claim.at("spec"), errors);
    }

    /** The spec of a claim, and of the template that a Pod's ephemeral volume is claimed by. */
    public static void spec(Field spec, Errors errors) {
        PersistentVolumeValidation.accessModes(spec.at("accessModes"), "at least 1 access mode is required", errors);
        LabelValidation.selector(spec.at("selector"), errors);
        Field storage = spec.at("resources")
                .key("storage")
                .withValue(spec.at("resources").at("requests").key("storage").value());
        if (storage.absent()) {
            errors.required(storage, "");
        } else {
            Quantities.positive(storage, errors);
        }
        if (!spec.at("storageClassName").empty()) {
            errors.invalid(
                    spec.at("storageClassName"),
                    Names.dnsSubdomain(spec.at("storageClassName").text()));
        }
        if (spec.at("volumeMode").present()) {
            errors.oneOf(spec.at("volumeMode"), PersistentVolumeValidation.VOLUME_MODES);
        }
        dataSource(spec, errors);
        if (!spec.at("volumeAttributesClassName").empty()) {
            errors.invalid(
                    spec.at("volumeAttributesClassName"),
                    Names.dnsSubdomain(spec.at("volumeAttributesClassName").text()));
        }
    }

    private static void dataSource(Field spec, Errors errors) {
        Field source = spec.at("dataSource");
        Field reference = spec.at("dataSourceRef");
        for (Field each : List.of(source, reference)) {
            if (each.present()) {
                origin(each, errors);
            }
        }
        if (source.absent() || reference.absent()) {
            return;
        }
        if (!reference.at("namespace").empty()) {
            errors.invalid(spec, source.path(), "may not be specified when dataSourceRef.namespace is specified");
        } else if (!List.of("apiGroup", "kind", "name").stream()
                .allMatch(each -> source.at(each).sameAs(reference.at(each)))) {
            errors.invalid(spec, source.path(), "must match dataSourceRef");
        }
    }

    private static void origin(Field source, Errors errors) {
        for (String each : List.of("name", "kind")) {
            if (source.at(each).empty()) {
                errors.required(source.at(each), "");
            }
        }
        Field group = source.at("apiGroup");
        if (!group.empty()) {
            errors.invalid(group, Names.dnsSubdomain(group.text()));
        } else if (!source.at("kind").isText("PersistentVolumeClaim")) {
            errors.invalid(
                    source,
                    source.at("kind").text(),
                    "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
        if (!source.at("namespace").empty()) {
            errors.invalid(
                    source.at("namespace"),
                    Names.dnsLabel(source.at("namespace").text()));
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        boolean bound = next.at("status", "phase").isText("Bound");
        if (!Semantics.equal(fixed(next, current, bound), fixed(current, current, bound))) {
            errors.forbidden(
                    next.at("spec"),
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims\n");
        }
        shrinking(next, current, errors);
        errors.immutable(
                Field.root(next.at("spec").value()).at("volumeMode"),
                Field.root(current.at("spec").value()).at("volumeMode"));
        if (current.at("spec", "volumeAttributesClassName").present()
                && next.at("spec", "volumeAttributesClassName").absent()) {
            errors.forbidden(
                    next.at("spec", "volumeAttributesClassName"), "update from non-nil value to nil is forbidden");
        }
    }

    /** A growth that failed may be taken back, but not below what there is. */
    private static void shrinking(Field next, Field current, Errors errors) {
        Quantity wanted = Quantities.read(requested(next));
        Quantity before = Quantities.read(requested(current));
        if (wanted == null || before == null || wanted.compareTo(before) >= 0) {
            return;
        }
        Quantity present = Quantities.read(current.at("status", "capacity").at("storage"));
        if (present == null ? wanted.signum() <= 0 : wanted.compareTo(present) <= 0) {
            errors.forbidden(
                    next.at("spec", "resources").at("requests", "storage"),
                    "field can not be less than status.capacity");
        }
    }

    private static Field requested(Field claim) {
        return claim.at("spec", "resources").at("requests", "storage");
    }

    /** What may not change; binding may set the volume once, and a storage class that was left to the default. */
    private static JsonNode fixed(Field claim, Field current, boolean bound) {
        if (!(claim.at("spec").value().deepCopy() instanceof ObjectNode copy)) {
            return claim.at("spec").value();
        }
        copy.remove("volumeAttributesClassName");
        if (bound && copy.path("resources").path("requests") instanceof ObjectNode requests) {
            requests.remove("storage");
        }
        if (current.at("spec", "volumeName").empty()) {
            copy.remove("volumeName");
        }
        if (current.at("spec", "storageClassName").absent()) {
            copy.remove("storageClassName");
        }
        return copy;
    }
}
