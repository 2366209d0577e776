package io.kubespring.apimachinery.fieldmanager;

import io.kubespring.api.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Merges two associative lists. Items of both keep the applied order among themselves; items that only the live list
 * has stay where they stand between them.
 */
final class MergedList {

    private final Schema schema;
    private final Indexed live;
    private final Indexed applied;
    private final Deque<PathElement> sharedOrder = new ArrayDeque<>();
    private final Set<PathElement> taken = new HashSet<>();
    private final ArrayNode merged = JsonNodeFactory.instance.arrayNode();

    /**
     * A list by its items' names.
     *
     * @param byStep an item that stands more than once is null: it cannot be merged
     */
    private record Indexed(List<PathElement> steps, List<JsonNode> items, Map<PathElement, @Nullable JsonNode> byStep) {

        static Indexed of(ArrayNode list, Schema schema) {
            var index = new Indexed(new ArrayList<>(), new ArrayList<>(), new HashMap<>());
            for (JsonNode item : list) {
                PathElement step = ListItems.stepOrNull(item, schema);
                if (step != null) {
                    index.steps.add(step);
                    index.items.add(item);
                    index.byStep.put(step, index.byStep.containsKey(step) ? null : item);
                }
            }
            return index;
        }

        boolean has(PathElement step) {
            return byStep.containsKey(step);
        }
    }

    MergedList(ArrayNode live, ArrayNode applied, Schema schema) {
        this.schema = schema;
        this.live = Indexed.of(live, schema);
        this.applied = Indexed.of(applied, schema);
        for (PathElement step : this.applied.steps) {
            if (this.live.has(step)) {
                sharedOrder.add(step);
            }
        }
    }

    ArrayNode merge() {
        int left = 0;
        int right = 0;
        while (left < live.steps.size() || right < applied.steps.size()) {
            PathElement ours = left < live.steps.size() ? live.steps.get(left) : null;
            PathElement theirs = right < applied.steps.size() ? applied.steps.get(right) : null;
            if (ours != null && ours.equals(theirs)) {
                take(ours);
                left++;
                right++;
                continue;
            }
            if (ours != null && theirs != null && comesLater(ours)) {
                left++;
                continue;
            }
            if (ours != null && !applied.has(ours)) {
                merged.add(live.items.get(left++).deepCopy());
                continue;
            }
            if (ours != null && taken.contains(ours)) {
                left++;
            }
            if (theirs != null) {
                take(theirs);
                right++;
            }
        }
        return merged;
    }

    /** Whether both lists have the item, but the applied one has another shared item before it. */
    private boolean comesLater(PathElement step) {
        return applied.has(step) && !sharedOrder.isEmpty() && !step.equals(sharedOrder.peek());
    }

    private void take(PathElement step) {
        taken.add(step);
        if (step.equals(sharedOrder.peek())) {
            sharedOrder.remove();
        }
        JsonNode liveItem = live.byStep.get(step);
        JsonNode appliedItem = applied.byStep.get(step);
        if (appliedItem != null) {
            merged.add(liveItem == null ? appliedItem.deepCopy() : Merge.value(liveItem, appliedItem, schema.items()));
        }
    }
}
