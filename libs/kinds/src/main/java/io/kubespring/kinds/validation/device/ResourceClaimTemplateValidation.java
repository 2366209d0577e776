package io.kubespring.kinds.validation.device;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;

/** ResourceClaimTemplates (KEP-4381): their spec is fixed. */
public final class ResourceClaimTemplateValidation implements KindValidation {

    @Override
    public void create(Field template, Errors errors) {
        Field spec = template.at("spec");
        LabelValidation.annotations(spec.at("metadata", "annotations"), errors);
        LabelValidation.labels(spec.at("metadata", "labels"), errors);
        ClaimRules.check(spec.at("spec"), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        errors.immutable(next.at("spec"), current.at("spec"));
    }
}
