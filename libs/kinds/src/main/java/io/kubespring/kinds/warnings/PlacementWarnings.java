package io.kubespring.kinds.warnings;

import io.kubespring.kinds.tree.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels of nodes that have other names now, and selectors that are not there and so select nothing. */
final class PlacementWarnings {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final Map<String, String> LABELS = Map.of(
            "beta.kubernetes.io/arch",
            "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
            "beta.kubernetes.io/os",
            "deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "failure-domain.beta.kubernetes.io/region",
            "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone",
            "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
            "beta.kubernetes.io/instance-type",
            "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead");
    private static final String NO_SELECTOR = "a null labelSelector results in matching no pod";

    private PlacementWarnings() {}

    static void add(Field spec, List<String> warnings) {
        for (Field label : spec.at("nodeSelector").entries()) {
            if (LABELS.containsKey(label.name())) {
                warnings.add(label.path() + ": " + LABELS.get(label.name()));
            }
        }
        Field node = spec.at("affinity", "nodeAffinity");
        for (Field term : node.at(REQUIRED, "nodeSelectorTerms").items()) {
            term(term, warnings);
        }
        for (Field preferred : node.at(PREFERRED).items()) {
            term(preferred.at("preference"), warnings);
        }
        for (Field constraint : spec.at("topologySpreadConstraints").items()) {
            String key = constraint.at("topologyKey").text();
            if (LABELS.containsKey(key)) {
                warnings.add(constraint.at("topologyKey").path() + ": " + key + " is " + LABELS.get(key));
            }
            selector(constraint.at("labelSelector"), warnings);
        }
        for (String each : List.of("podAffinity", "podAntiAffinity")) {
            Field affinity = spec.at("affinity", each);
            affinity.at(REQUIRED).items().forEach(term -> selector(term.at("labelSelector"), warnings));
            affinity.at(PREFERRED)
                    .items()
                    .forEach(term -> selector(term.at("podAffinityTerm", "labelSelector"), warnings));
        }
    }

    /** What to say of a label of nodes that has another name now; null if it is fine. */
    static @Nullable String replaced(String label) {
        return LABELS.get(label);
    }

    /** A term, or a selector, of expressions about nodes. */
    static void term(Field term, List<String> warnings) {
        for (Field requirement : term.at("matchExpressions").items()) {
            String key = requirement.at("key").text();
            if (LABELS.containsKey(key)) {
                warnings.add(requirement.at("key").path() + ": " + key + " is " + LABELS.get(key));
            }
        }
    }

    private static void selector(Field selector, List<String> warnings) {
        if (selector.absent()) {
            warnings.add(selector.path() + ": " + NO_SELECTOR);
        }
    }
}
