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
        metadata(template, errors);
        Field spec = template.at("spec");
        PodSpecValidation.check(spec, Owner.TEMPLATE, errors);
        PodAnnotations.match(template, errors);
        if (!spec.at("ephemeralContainers").empty()) {
            errors.forbidden(spec.at("ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
    }

    /** Its labels and annotations, whose paths upstream shortens. */
    public static void metadata(Field template, Errors errors) {
        Field metadata = template.at("metadata");
        Field annotations =
                template.at("annotations").withValue(metadata.at("annotations").value());
        LabelValidation.labels(
                template.at("labels").withValue(metadata.at("labels").value()), errors);
        LabelValidation.annotations(annotations, errors);
        PodAnnotations.check(annotations, template.at("spec"), errors);
    }
}
