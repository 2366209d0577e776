package io.kubespring.kinds.validation.core;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.List;

/** ResourceQuotas. */
public final class QuotaValidation implements KindValidation {

    private static final List<String> SCOPES = List.of(
            "Terminating",
            "NotTerminating",
            "BestEffort",
            "NotBestEffort",
            "PriorityClass",
            "CrossNamespacePodAffinity",
            "VolumeAttributesClass");

    @Override
    public void create(Field quota, Errors errors) {
        amounts(quota.at("spec", "hard"), errors);
        for (Field scope : quota.at("spec", "scopes").items()) {
            if (!SCOPES.contains(scope.text())) {
                errors.invalid(quota.at("spec", "scopes"), "unsupported scope");
            }
        }
    }

    private static void amounts(Field amounts, Errors errors) {
        for (Field amount : amounts.entries()) {
            for (String message : Names.qualifiedName(amount.name())) {
                errors.invalid(amount, amount.name(), message);
            }
            Quantities.ofResource(amount, errors);
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        if (!next.at("spec", "scopes").sameAs(current.at("spec", "scopes"))) {
            errors.invalid(next.at("spec", "scopes"), "field is immutable");
        }
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        amounts(next.at("status", "hard"), errors);
        amounts(next.at("status", "used"), errors);
    }
}
