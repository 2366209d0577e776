package io.kubespring.kinds.validation.storage;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import io.kubespring.kinds.validation.pod.AffinityValidation;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** PersistentVolumes: where their data lies is fixed. */
public final class PersistentVolumeValidation implements KindValidation {

    static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private static final Set<String> NOT_SOURCES = Set.of("capacity", "claimRef", "nodeAffinity");

    @Override
    public void create(Field volume, Errors errors) {
        Field spec = volume.at("spec");
        accessModes(spec.at("accessModes"), "", errors);
        Field capacity = spec.at("capacity");
        if (capacity.empty()) {
            errors.required(capacity, "");
        } else if (capacity.key("storage").absent()) {
            errors.notSupported(capacity, List.of("storage"));
        }
        capacity.entries().forEach(each -> Quantities.ofResource(each, errors));
        if (!spec.at("persistentVolumeReclaimPolicy").empty()) {
            errors.oneOf(spec.at("persistentVolumeReclaimPolicy"), List.of("Delete", "Recycle", "Retain"));
        }
        if (spec.at("volumeMode").present()) {
            errors.oneOf(spec.at("volumeMode"), VOLUME_MODES);
        }
        if (spec.at("nodeAffinity", "required").present()) {
            AffinityValidation.nodeSelector(spec.at("nodeAffinity", "required"), errors);
        }
        source(spec, errors);
    }

    private static void source(Field spec, Errors errors) {
        int sources = 0;
        if (spec.value() instanceof ObjectNode object) {
            for (String each : object.propertyNames()) {
                if (object.path(each).isObject() && !NOT_SOURCES.contains(each) && sources++ > 0) {
                    errors.forbidden(spec.at(each), "may not specify more than 1 volume type");
                }
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
        for (Field mode : modes.items()) {
            if (!ACCESS_MODES.contains(mode.text())) {
                errors.notSupported(modes.withValue(mode.value()), ACCESS_MODES);
            }
        }
        if (alone && modes.texts().size() > 1) {
            errors.forbidden(modes, "may not use ReadWriteOncePod with other access modes");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        if (next.at("spec").value() instanceof ObjectNode spec) {
            for (String each : spec.propertyNames()) {
                boolean source = spec.path(each).isObject() && !NOT_SOURCES.contains(each);
                if (source && !next.at("spec", each).sameAs(current.at("spec", each))) {
                    errors.forbidden(
                            next.at("spec", "persistentvolumesource"),
                            "spec.persistentvolumesource is immutable after creation");
                }
            }
        }
        errors.immutable(next.at("spec", "volumeMode"), current.at("spec", "volumeMode"));
    }
}
