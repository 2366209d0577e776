package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;

/** The template that workloads make Pods from, and the kind PodTemplate. */
public final class PodTemplateValidation implements KindValidation {

    @Override
    public void create(Field object, Errors errors) {
        check(object.at("template"), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        check(next.at("template"), errors);
    }

    /** A {@code PodTemplateSpec}. */
    public static void check(Field template, Errors errors) {
        LabelValidation.labels(template.at("metadata", "labels"), errors);
        LabelValidation.annotations(template.at("metadata", "annotations"), errors);
        Field spec = template.at("spec");
        PodSpecValidation.check(spec, false, errors);
        if (!spec.at("ephemeralContainers").empty()) {
            errors.forbidden(spec.at("ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
    }
}
