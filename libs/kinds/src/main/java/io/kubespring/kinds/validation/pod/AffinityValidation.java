package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.LabelValidation;
import io.kubespring.kinds.validation.meta.NodeSelectors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Node and Pod affinity. */
final class AffinityValidation {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private AffinityValidation() {}

    static void all(Field affinity, Errors errors) {
        if (affinity.absent()) {
            return;
        }
        Field node = affinity.at("nodeAffinity");
        if (node.at(REQUIRED).present()) {
            NodeSelectors.selector(node.at(REQUIRED), errors);
        }
        for (Field preferred : node.at(PREFERRED).items()) {
            weight(preferred.at("weight"), errors);
            NodeSelectors.term(preferred.at("preference"), false, errors);
        }
        pods(affinity.at("podAffinity"), errors);
        pods(affinity.at("podAntiAffinity"), errors);
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
            // Upstream's path is not the field's name.
            errors.invalid(term.at("namespace").withValue(namespace.value()), Names.dnsLabel(namespace.text()));
        }
        labelKeys(term, errors);
        Field key = term.at("topologyKey");
        if (key.empty()) {
            errors.required(key, "can not be empty");
        }
        errors.invalid(key, Names.qualifiedName(key.text()));
    }

    private static void labelKeys(Field term, Errors errors) {
        Field selector = term.at("labelSelector");
        Field match = term.at("matchLabelKeys");
        Field mismatch = term.at("mismatchLabelKeys");
        for (Field keys : List.of(match, mismatch)) {
            if (!keys.empty() && selector.absent()) {
                errors.forbidden(keys, "must not be specified when labelSelector is not set");
            } else {
                keys.items().forEach(each -> errors.invalid(each, Names.qualifiedName(each.text())));
            }
        }
        // The server itself puts one requirement for each key there: a second is the user's.
        List<String> matched = match.texts();
        Set<String> selected = new HashSet<>();
        selector.at("matchLabels").entries().forEach(each -> selected.add(each.name()));
        for (Field requirement : selector.at("matchExpressions").items()) {
            String key = requirement.at("key").text();
            if (!selected.add(key) && matched.contains(key)) {
                errors.invalid(term.item(matched.indexOf(key)), key, "exists in both matchLabelKeys and labelSelector");
            }
        }
        for (Field key : match.items()) {
            if (mismatch.texts().contains(key.text())) {
                errors.invalid(key, "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    private static void weight(Field weight, Errors errors) {
        if (weight.number() < 1 || weight.number() > 100) {
            errors.invalid(weight, weight.number(), "must be in the range 1-100");
        }
    }
}
