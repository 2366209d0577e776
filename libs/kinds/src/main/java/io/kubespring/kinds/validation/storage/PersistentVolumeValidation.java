package io.kubespring.kinds.validation.storage;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.NodeSelectors;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** PersistentVolumes: where their data lies is fixed. */
public final class PersistentVolumeValidation implements KindValidation {

    static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private static final Map<String, String> RENAMED = Map.of(
            "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region",
            "beta.kubernetes.io/os", "kubernetes.io/os",
            "beta.kubernetes.io/arch", "kubernetes.io/arch",
            "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type");
    private static final Pattern ROOT = Pattern.compile("/+(\\./*)*");
    private static final String INLINE = "may not be specified in the context of inline volumes";

    @Override
    public void create(Field volume, Errors errors) {
        spec(volume.at("spec"), false, errors);
    }

    /** @param inline whether it stands in a VolumeAttachment instead of an object of its own */
    static void spec(Field spec, boolean inline, Errors errors) {
        if (inline) {
            onlyInline(spec, errors);
        }
        accessModes(spec.at("accessModes"), "", errors);
        if (!inline) {
            alone(spec, errors);
        }
        source(spec, errors);
        Field attributes = spec.at("volumeAttributesClassName");
        if (attributes.present()) {
            if (attributes.empty()) {
                errors.required(attributes, "an empty string is disallowed");
            } else {
                errors.invalid(attributes, Names.dnsSubdomain(attributes.text()));
            }
            if (spec.at("csi").absent()) {
                errors.required(spec.at("csi"), "has to be specified when using volumeAttributesClassName");
            }
        }
    }

    private static void onlyInline(Field spec, Errors errors) {
        for (String each : List.of("claimRef", "capacity", "nodeAffinity", "storageClassName")) {
            if (!spec.at(each).empty()) {
                errors.forbidden(spec.at(each), INLINE);
            }
        }
        if (spec.at("csi").absent()) {
            errors.required(spec.at("csi"), "has to be specified in the context of inline volumes");
        }
        Field reclaim = spec.at("persistentVolumeReclaimPolicy");
        if (!reclaim.empty() && !reclaim.isText("Retain")) {
            errors.forbidden(reclaim, "may only be Retain in the context of inline volumes");
        }
        Field mode = spec.at("volumeMode");
        if (mode.present() && !mode.isText("Filesystem")) {
            errors.forbidden(mode, "may not specify volumeMode other than Filesystem in the context of inline volumes");
        }
    }

    private static void alone(Field spec, Errors errors) {
        Field capacity = spec.at("capacity");
        if (capacity.empty()) {
            errors.required(capacity, "");
        }
        if (capacity.key("storage").absent() || capacity.entries().size() > 1) {
            errors.notSupported(
                    capacity.absent() ? capacity.withValue(NullNode.getInstance()) : capacity, List.of("storage"));
        }
        capacity.entries().forEach(each -> Quantities.positive(each, errors));
        Field reclaim = spec.at("persistentVolumeReclaimPolicy");
        if (!reclaim.empty()) {
            errors.oneOf(reclaim, List.of("Delete", "Recycle", "Retain"));
        }
        Field affinity = spec.at("nodeAffinity");
        if (affinity.present()) {
            if (affinity.at("required").absent()) {
                errors.required(affinity.at("required"), "must specify required node constraints");
            } else {
                NodeSelectors.selector(affinity.at("required"), errors);
            }
        }
        if (ROOT.matcher(spec.at("hostPath", "path").text()).matches() && reclaim.isText("Recycle")) {
            errors.forbidden(reclaim, "may not be 'recycle' for a hostPath mount of '/'");
        }
        if (!spec.at("storageClassName").empty()) {
            errors.invalid(
                    spec.at("storageClassName"),
                    Names.dnsSubdomain(spec.at("storageClassName").text()));
        }
        if (spec.at("volumeMode").present()) {
            errors.oneOf(spec.at("volumeMode"), VOLUME_MODES);
        }
    }

    private static void source(Field spec, Errors errors) {
        int sources = 0;
        for (String each : VolumeSources.ALL) {
            Field source = spec.at(each);
            if (source.absent()) {
                continue;
            }
            if (sources++ > 0) {
                errors.forbidden(
                        each.equals("cephfs") ? spec.at("cephFS") : source, "may not specify more than 1 volume type");
                continue;
            }
            VolumeSources.check(each, source, errors);
            if (each.equals("local") && spec.at("nodeAffinity", "required").absent()) {
                errors.required(spec.at("nodeAffinity"), "Local volume requires node affinity");
            }
        }
        if (sources == 0) {
            errors.required(spec, "must specify a volume type");
        }
    }

    static void accessModes(Field modes, String detail, Errors errors) {
        if (modes.empty()) {
            errors.required(modes, detail);
        }
        boolean alone = modes.texts().contains("ReadWriteOncePod");
        boolean shared = false;
        for (Field mode : modes.items()) {
            if (!ACCESS_MODES.contains(mode.text())) {
                errors.notSupported(modes.withValue(mode.value()), ACCESS_MODES);
            } else {
                shared |= !mode.isText("ReadWriteOncePod");
            }
        }
        if (alone && shared) {
            errors.forbidden(modes, "may not use ReadWriteOncePod with other access modes");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        Field spec = next.at("spec");
        Field before = current.at("spec");
        if (!sameSource(spec, before)) {
            errors.forbidden(
                    next.at("spec", "persistentvolumesource"),
                    "spec.persistentvolumesource is immutable after creation\n");
        }
        Field root = Field.root(spec.value());
        Field old = Field.root(before.value());
        errors.immutable(root.at("volumeMode"), old.at("volumeMode"));
        Field affinity = root.at("nodeAffinity");
        if (old.at("nodeAffinity").present()
                && !Semantics.equal(affinity.value(), renamed(old.at("nodeAffinity"), affinity))) {
            errors.invalid(
                    affinity,
                    affinity.absent() ? null : affinity.value(),
                    "field is immutable, except for updating from beta label to GA");
        }
        if (before.at("volumeAttributesClassName").present()
                && spec.at("volumeAttributesClassName").absent()) {
            errors.forbidden(spec.at("volumeAttributesClassName"), "update from non-nil value to nil is forbidden");
        }
    }

    /** The old terms, with those keys under their new names that {@code next} has under them. */
    private static JsonNode renamed(Field old, Field next) {
        JsonNode copy = old.value().deepCopy();
        JsonNode terms = copy.path("required").path("nodeSelectorTerms");
        JsonNode nextTerms = next.value().path("required").path("nodeSelectorTerms");
        for (int i = 0; i < terms.size(); i++) {
            JsonNode expressions = terms.path(i).path("matchExpressions");
            for (int j = 0; j < expressions.size(); j++) {
                String key = expressions.path(j).path("key").asString("");
                JsonNode now =
                        nextTerms.path(i).path("matchExpressions").path(j).path("key");
                if (now.asString("").equals(RENAMED.get(key)) && expressions.path(j) instanceof ObjectNode expression) {
                    expression.set("key", now);
                }
            }
        }
        return copy;
    }

    /** A secret for growing may be added later. */
    private static boolean sameSource(Field spec, Field before) {
        for (String each : VolumeSources.ALL) {
            JsonNode now = spec.at(each).value();
            JsonNode then = before.at(each).value();
            if (each.equals("csi") && !then.hasNonNull("controllerExpandSecretRef") && now instanceof ObjectNode csi) {
                ObjectNode copy = csi.deepCopy();
                copy.remove("controllerExpandSecretRef");
                now = copy;
            }
            if (!Semantics.equal(now, then)) {
                return false;
            }
        }
        return true;
    }
}
