package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import io.kubespring.kinds.validation.meta.ResourceNames;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** PersistentVolumeClaims: once bound they may only grow, or change their attributes. */
public final class ClaimValidation implements KindValidation {

    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String ATTRIBUTES = "volumeAttributesClassName";
    /** What upstream shows of the path that it means to name. */
    private static final JsonNode NO_PATH = JsonNodeFactory.instance.objectNode();

    private static final List<String> RESIZES = List.of(
            "ControllerResizeInProgress",
            "ControllerResizeInfeasible",
            "NodeResizeInProgress",
            "NodeResizeInfeasible",
            "NodeResizePending");

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
            errors.invalid(spec, NO_PATH, "may not be specified when dataSourceRef.namespace is specified");
        } else if (!List.of("apiGroup", "kind", "name").stream()
                .allMatch(each -> source.at(each).sameAs(reference.at(each)))) {
            errors.invalid(spec, NO_PATH, "must match dataSourceRef");
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
        boolean upgraded = isUpgraded(next, current);
        if (!upgraded) {
            Field annotations = next.at("metadata").at("annotations").at(OLD_CLASS);
            String before = oldClass(current);
            if (!oldClass(next).equals(before)) {
                errors.invalid(annotations, oldClass(next), "field is immutable");
            }
        }
        if (!Semantics.equal(fixed(next, next, current, upgraded), fixed(current, next, current, upgraded))) {
            errors.forbidden(
                    next.at("spec"),
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims\n");
        }
        shrinking(next, current, errors);
        errors.immutable(
                Field.root(next.at("spec").value()).at("volumeMode"),
                Field.root(current.at("spec").value()).at("volumeMode"));
        attributes(next.at("spec", ATTRIBUTES), current.at("spec", ATTRIBUTES), errors);
    }

    private static void attributes(Field next, Field current, Errors errors) {
        if (current.present() && next.absent()) {
            errors.forbidden(next, "update from non-nil value to nil is forbidden");
        } else if (!current.empty() && next.empty()) {
            errors.forbidden(next, "update from non-nil value to an empty string is forbidden");
        }
    }

    /** A growth that failed may be taken back, but not below what there is. */
    private static void shrinking(Field next, Field current, Errors errors) {
        Quantity wanted = amount(requested(next));
        Quantity present = amount(current.at("status", "capacity").at("storage"));
        if (wanted.compareTo(amount(requested(current))) < 0 && wanted.compareTo(present) <= 0) {
            errors.forbidden(requested(next), "field can not be less than status.capacity");
        }
    }

    private static Quantity amount(Field field) {
        return Objects.requireNonNullElse(Quantities.read(field), Quantity.ZERO);
    }

    private static Field requested(Field claim) {
        return claim.at("spec", "resources").at("requests", "storage");
    }

    private static String oldClass(Field claim) {
        return claim.at("metadata", "annotations").key(OLD_CLASS).text();
    }

    /** From the annotation that storage classes once were named in to the field: the same class. */
    private static boolean isUpgraded(Field next, Field current) {
        String before = oldClass(current);
        return !before.isEmpty()
                && current.at("spec", "storageClassName").absent()
                && next.at("spec", "storageClassName").isText(before)
                && (oldClass(next).isEmpty() || oldClass(next).equals(before));
    }

    /** What of {@code claim}, which is one of the two, may not change between them. */
    private static JsonNode fixed(Field claim, Field next, Field current, boolean upgraded) {
        if (!(claim.at("spec").value().deepCopy() instanceof ObjectNode copy)) {
            return claim.at("spec").value();
        }
        boolean bound = next.at("status", "phase").isText("Bound");
        if (bound && copy.path("resources").path("requests") instanceof ObjectNode requests) {
            requests.remove("storage");
        }
        if (bound && next.at("spec", ATTRIBUTES).present()) {
            copy.remove(ATTRIBUTES);
        }
        if (current.at("spec", "volumeName").empty()) {
            copy.remove("volumeName");
        }
        Field chosen = next.at("spec", "storageClassName");
        boolean late = current.at("spec", "storageClassName").absent()
                && chosen.present()
                && (oldClass(current).isEmpty() || chosen.isText(oldClass(current)));
        if (upgraded || late) {
            copy.remove("storageClassName");
        }
        return copy;
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        if (next.at("spec", "accessModes").empty()) {
            errors.required(
                    Field.of("Spec.accessModes", next.at("spec", "accessModes").value()), "");
        }
        Field status = next.at("status");
        for (Field amount : status.at("capacity").entries()) {
            basic(amount, errors);
        }
        Field resizes = status.at("allocatedResourceStatuses");
        for (Field resize : resizes.entries()) {
            Field shown = resizes.withValue(StringNode.valueOf(resize.name()));
            resource(resize.name(), shown, errors);
            if (!RESIZES.contains(resize.text())) {
                errors.notSupported(shown, RESIZES);
            }
        }
        Field allocated = status.at("allocatedResources");
        for (Field amount : allocated.entries()) {
            if (resource(amount.name(), allocated.withValue(StringNode.valueOf(amount.name())), errors)) {
                basic(amount, errors);
            }
        }
    }

    private static void basic(Field amount, Errors errors) {
        @Nullable Quantity quantity = Quantities.read(amount);
        if (quantity != null && quantity.signum() < 0) {
            errors.invalid(amount, quantity.value(), "must be a valid resource quantity");
        }
    }

    /** Whether the name is one that claims know: of Kubernetes' own only storage. */
    private static boolean resource(String name, Field shown, Errors errors) {
        List<String> messages = Names.qualifiedName(name);
        errors.invalid(shown, messages);
        boolean foreign = ResourceNames.isNative(name) && !name.equals("storage");
        if (messages.isEmpty() && foreign) {
            errors.notSupported(shown, List.of("storage"));
        }
        return messages.isEmpty() && !foreign;
    }
}
