package io.kubespring.kinds.validation.core;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.Quantities;
import io.kubespring.kinds.validation.meta.ResourceNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ResourceQuotas: what they count, and of which objects; the scopes stay as they are. */
public final class QuotaValidation implements KindValidation {

    private static final Set<String> OF_PODS =
            Set.of("pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory");
    private static final Set<String> ON_CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");
    private static final String ATTRIBUTES = "VolumeAttributesClass";
    private static final String PRIORITY = "PriorityClass";
    private static final List<String> EXISTS_ONLY =
            List.of("BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "CrossNamespacePodAffinity");
    private static final String MISFIT = "unsupported scope applied to resource";

    @Override
    public void create(Field quota, Errors errors) {
        spec(quota.at("spec"), errors);
        status(quota.at("status"), errors);
    }

    private static void spec(Field spec, Errors errors) {
        amounts(spec.at("hard"), errors);
        scopes(spec, errors);
        selector(spec, errors);
    }

    private static void scopes(Field spec, Errors errors) {
        Field scopes = spec.at("scopes");
        for (String scope : scopes.texts()) {
            if (!isStandard(scope)) {
                errors.invalid(scopes, "unsupported scope");
            }
            misfits(spec, scope, scopes, scopes, errors);
        }
        conflicts(new HashSet<>(scopes.texts()), scopes, scopes, errors);
    }

    private static void selector(Field spec, Errors errors) {
        Field selector = spec.at("scopeSelector");
        Field expressions = selector.at("matchExpressions");
        Set<String> seen = new HashSet<>();
        for (Field each : expressions.items()) {
            String scope = each.at("scopeName").text();
            if (!isStandard(scope)) {
                errors.invalid(expressions.at("scopeName"), scope, "unsupported scope");
            }
            misfits(spec, scope, expressions, selector, errors);
            String operator = each.at("operator").text();
            if (EXISTS_ONLY.contains(scope) && !operator.equals("Exists")) {
                errors.invalid(
                        expressions.at("operator"),
                        operator,
                        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                                + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                                + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
            }
            values(expressions, operator, each.at("values"), errors);
            seen.add(scope);
        }
        // Upstream shows the other field's scopes here.
        conflicts(seen, expressions, spec.at("scopes"), errors);
    }

    private static void values(Field expressions, String operator, Field values, Errors errors) {
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.empty()) {
                    errors.required(
                            expressions.at("values"),
                            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.empty()) {
                    errors.invalid(
                            expressions.at("values"),
                            values.value(),
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }
            }
            default -> errors.invalid(expressions.at("operator"), operator, "not a valid selector operator");
        }
    }

    private static void misfits(Field spec, String scope, Field where, Field shown, Errors errors) {
        spec.at("hard").entries().stream()
                .map(Field::name)
                .sorted()
                .filter(each -> ResourceNames.isQuota(each) && !fits(scope, each))
                .forEach(each -> errors.invalid(where, shown.value(), MISFIT));
    }

    /** A scope that is about Pods or claims limits nothing else. */
    private static boolean fits(String scope, String resource) {
        return switch (scope) {
            case "BestEffort" -> resource.equals("pods");
            case ATTRIBUTES -> ON_CLAIMS.contains(resource);
            case PRIORITY -> OF_PODS.contains(resource);
            default -> !EXISTS_ONLY.contains(scope) || OF_PODS.contains(resource);
        };
    }

    private static boolean isStandard(String scope) {
        return EXISTS_ONLY.contains(scope) || scope.equals(PRIORITY) || scope.equals(ATTRIBUTES);
    }

    private static void conflicts(Set<String> scopes, Field where, Field shown, Errors errors) {
        for (String each : List.of("BestEffort", "Terminating")) {
            if (scopes.contains(each) && scopes.contains("Not" + each)) {
                errors.invalid(where, shown.value(), "conflicting scopes");
            }
        }
    }

    private static void amounts(Field amounts, Errors errors) {
        for (Field amount : amounts.entries()) {
            ResourceNames.quota(amount, errors);
            Quantities.ofResource(amount, errors);
        }
    }

    private static void status(Field status, Errors errors) {
        amounts(status.at("hard"), errors);
        amounts(status.at("used"), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        spec(next.at("spec"), errors);
        Field scopes = next.at("spec", "scopes");
        if (!new HashSet<>(scopes.texts())
                .equals(new HashSet<>(current.at("spec", "scopes").texts()))) {
            errors.invalid(scopes, "field is immutable");
        }
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        status(next.at("status"), errors);
    }
}
