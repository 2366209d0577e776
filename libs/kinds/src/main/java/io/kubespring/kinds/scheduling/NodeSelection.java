package io.kubespring.kinds.scheduling;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which nodes a Pod asks for by nodeSelector and required node affinity. */
public final class NodeSelection {

    private NodeSelection() {}

    /** Whether the node satisfies both. */
    public static boolean matches(PodSpec spec, Node node) {
        Map<String, String> labels = labels(node);
        if (spec.getNodeSelector() != null) {
            for (Map.Entry<String, String> wanted : spec.getNodeSelector().entrySet()) {
                if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                    return false;
                }
            }
        }
        NodeSelector required = required(spec.getAffinity());
        return required == null || matches(required, node);
    }

    private static @Nullable NodeSelector required(@Nullable Affinity affinity) {
        return affinity == null || affinity.getNodeAffinity() == null
                ? null
                : affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
    }

    /** Terms are alternatives; an empty selector selects nothing. */
    public static boolean matches(NodeSelector selector, Node node) {
        for (NodeSelectorTerm each : selector.getNodeSelectorTerms()) {
            if (matches(each, node)) {
                return true;
            }
        }
        return false;
    }

    /** All of a term's requirements must hold; an empty term selects nothing. */
    public static boolean matches(NodeSelectorTerm term, Node node) {
        if (term.getMatchExpressions().isEmpty() && term.getMatchFields().isEmpty()) {
            return false;
        }
        Map<String, String> labels = labels(node);
        for (NodeSelectorRequirement each : term.getMatchExpressions()) {
            if (!matches(each, labels.get(each.getKey()))) {
                return false;
            }
        }
        for (NodeSelectorRequirement each : term.getMatchFields()) {
            String value =
                    "metadata.name".equals(each.getKey()) ? node.getMetadata().getName() : null;
            if (!matches(each, value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(NodeSelectorRequirement requirement, @Nullable String value) {
        List<String> values = requirement.getValues();
        return switch (requirement.getOperator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> compare(value, values) > 0;
            case "Lt" -> compare(value, values) < 0;
            default -> false;
        };
    }

    /** 0 where either is no whole number: then neither Gt nor Lt holds. */
    private static int compare(@Nullable String value, List<String> values) {
        if (value == null || values.size() != 1) {
            return 0;
        }
        try {
            return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
        } catch (NumberFormatException notNumbers) {
            return 0;
        }
    }

    private static Map<String, String> labels(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
