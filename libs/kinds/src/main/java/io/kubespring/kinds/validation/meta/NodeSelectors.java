package io.kubespring.kinds.validation.meta;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;

/** Selectors of nodes: of Pods' affinity and of volumes that only some nodes reach. */
public final class NodeSelectors {

    private NodeSelectors() {}

    /** A {@code NodeSelector}: at least one term. */
    public static void selector(Field selector, Errors errors) {
        Field terms = selector.at("nodeSelectorTerms");
        if (terms.empty()) {
            errors.required(terms, "must have at least one node selector term");
        }
        for (Field term : terms.items()) {
            term(term, true, errors);
        }
    }

    /** @param values whether values must be possible as labels; where the term is only a wish they need not */
    public static void term(Field term, boolean values, Errors errors) {
        for (Field requirement : term.at("matchExpressions").items()) {
            requirement(requirement, errors);
            errors.invalid(
                    requirement.at("key"),
                    Names.qualifiedName(requirement.at("key").text()));
            if (values) {
                for (Field value : requirement.at("values").items()) {
                    errors.invalid(value, Names.labelValue(value.text()));
                }
            }
        }
        for (Field requirement : term.at("matchFields").items()) {
            field(requirement, errors);
        }
    }

    /** Label selectors' operators, and two that compare numbers. */
    private static void requirement(Field requirement, Errors errors) {
        Field operator = requirement.at("operator");
        if (operator.isText("Gt") || operator.isText("Lt")) {
            Field values = requirement.at("values");
            if (values.items().size() != 1) {
                errors.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
            }
        } else if (!LabelValidation.operator(requirement, errors)) {
            errors.invalid(operator, "not a valid selector operator");
        }
    }

    private static void field(Field requirement, Errors errors) {
        Field values = requirement.at("values");
        switch (requirement.at("operator").text()) {
            case "In", "NotIn" -> {
                if (values.items().size() != 1) {
                    errors.required(
                            values,
                            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
                }
            }
            default -> errors.invalid(requirement.at("operator"), "not a valid selector operator");
        }
        if (!requirement.at("key").isText("metadata.name")) {
            errors.invalid(requirement.at("key"), "not a valid field selector key");
            return;
        }
        for (Field value : values.items()) {
            errors.invalid(value, Names.dnsSubdomain(value.text()));
        }
    }
}
