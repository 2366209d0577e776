package io.kubespring.scheduler.framework;

import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.kubespring.api.json.Json;
import io.kubespring.api.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns the selectors of typed objects into ones that decide. */
final class ModelSelectors {

    private ModelSelectors() {}

    /**
     * None matches nothing. What the API server would not have let in matches nothing either.
     *
     * @param labels of the Pod that selects
     * @param same keys whose values must be the Pod's own (matchLabelKeys)
     * @param different keys whose values must not be the Pod's own (mismatchLabelKeys)
     */
    static LabelSelector of(
            io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector,
            Map<String, String> labels,
            List<String> same,
            List<String> different) {
        if (selector == null) {
            return LabelSelector.nothing();
        }
        ObjectNode tree = Json.object();
        if (selector.getMatchLabels() != null) {
            ObjectNode wanted = tree.putObject("matchLabels");
            selector.getMatchLabels().forEach(wanted::put);
        }
        ArrayNode expressions = tree.putArray("matchExpressions");
        for (LabelSelectorRequirement each : selector.getMatchExpressions()) {
            add(expressions, each.getKey(), each.getOperator(), each.getValues());
        }
        addOwn(expressions, labels, same, "In");
        addOwn(expressions, labels, different, "NotIn");
        try {
            return LabelSelector.of(tree);
        } catch (IllegalArgumentException invalid) {
            return LabelSelector.nothing();
        }
    }

    private static void addOwn(ArrayNode to, Map<String, String> labels, List<String> keys, String operator) {
        for (String key : keys) {
            String value = labels.get(key);
            if (value != null) {
                add(to, key, operator, List.of(value));
            }
        }
    }

    private static void add(ArrayNode to, String key, String operator, List<String> values) {
        ArrayNode list =
                to.addObject().put("key", key).put("operator", operator).putArray("values");
        values.forEach(list::add);
    }
}
