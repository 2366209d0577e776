package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.LabelValidation;

/** Node and Pod affinity; node selector terms, which volumes use as well. */
public final class AffinityValidation {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private AffinityValidation() {}

    static void all(Field affinity, Errors errors) {
        Field node = affinity.at("nodeAffinity");
        if (node.at(REQUIRED).present()) {
            nodeSelector(node.at(REQUIRED), errors);
        }
        for (Field preferred : node.at(PREFERRED).items()) {
            weight(preferred.at("weight"), errors);
            term(preferred.at("preference"), errors);
        }
        pods(affinity.at("podAffinity"), errors);
        pods(affinity.at("podAntiAffinity"), errors);
    }

    /** A {@code NodeSelector}: at least one term. */
    public static void nodeSelector(Field selector, Errors errors) {
        Field terms = selector.at("nodeSelectorTerms");
        if (terms.empty()) {
            errors.required(terms, "must have at least one node selector term");
        }
        for (Field term : terms.items()) {
            term(term, errors);
        }
    }

    private static void term(Field term, Errors errors) {
        for (Field requirement : term.at("matchExpressions").items()) {
            requirement(requirement, errors);
            errors.invalid(
                    requirement.at("key"),
                    Names.qualifiedName(requirement.at("key").text()));
        }
        for (Field requirement : term.at("matchFields").items()) {
            field(requirement, errors);
        }
    }

    private static void requirement(Field requirement, Errors errors) {
        Field values = requirement.at("values");
        switch (requirement.at("operator").text()) {
            case "In", "NotIn" -> {
                if (values.empty()) {
                    errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.empty()) {
                    errors.forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values.texts().size() != 1) {
                    errors.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> errors.invalid(requirement.at("operator"), "not a valid selector operator");
        }
    }

    private static void field(Field requirement, Errors errors) {
        switch (requirement.at("operator").text()) {
            case "In", "NotIn" -> {
                if (requirement.at("values").texts().size() != 1) {
                    errors.required(
                            requirement.at("values"),
                            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
                }
            }
            default -> errors.invalid(requirement.at("operator"), "not a valid selector operator");
        }
        if (!requirement.at("key").isText("metadata.name")) {
            errors.invalid(requirement.at("key"), "not a valid field selector key");
        }
    }

    private static void pods(Field affinity, Errors errors) {
        for (Field term : affinity.at(REQUIRED).items()) {
            podTerm(term, errors);
        }
        for (Field weighted : affinity.at(PREFERRED).items()) {
            weight(weighted.at("weight"), errors);
            podTerm(weighted.at("podAffinityTerm"), errors);
        }
    }

    private static void podTerm(Field term, Errors errors) {
        LabelValidation.selector(term.at("labelSelector"), errors);
        LabelValidation.selector(term.at("namespaceSelector"), errors);
        for (Field namespace : term.at("namespaces").items()) {
            errors.invalid(namespace, Names.dnsLabel(namespace.text()));
        }
        topologyKey(term.at("topologyKey"), errors);
    }

    static void topologyKey(Field key, Errors errors) {
        if (key.empty()) {
            errors.required(key, "can not be empty");
        } else {
            errors.invalid(key, Names.qualifiedName(key.text()));
        }
    }

    private static void weight(Field weight, Errors errors) {
        if (weight.number() < 1 || weight.number() > 100) {
            errors.invalid(weight, "must be in the range 1-100");
        }
    }
}
