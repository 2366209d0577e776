package io.kubespring.kinds.validation.device;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.LabelValidation;
import java.util.Set;

/** ResourceClaimTemplates (KEP-4381): their spec is fixed. */
public final class ResourceClaimTemplateValidation implements KindValidation {

    private static final Set<String> ALLOWED = Set.of("annotations", "labels");

    @Override
    public void create(Field template, Errors errors) {
        Field spec = template.at("spec");
        LabelValidation.annotations(spec.at("metadata", "annotations"), errors);
        LabelValidation.labels(spec.at("metadata", "labels"), errors);
        for (Field each : spec.at("metadata").fields()) {
            if (!ALLOWED.contains(each.name()) && !each.empty()) {
                // As Go names it.
                String name = each.name().equals("uid") ? "uID" : each.name();
                errors.forbidden(spec.at("metadata", name), "cannot be set");
            }
        }
        ClaimRules.check(spec.at("spec"), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        errors.immutable(next.at("spec"), current.at("spec"));
    }
}
