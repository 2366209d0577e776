package io.kubespring.controllers.nodelifecycle;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a node's conditions say, and which taints follow from them. */
final class Nodes {

    static final String READY = "Ready";
    static final String NOT_READY_TAINT = "node.kubernetes.io/not-ready";
    static final String UNREACHABLE_TAINT = "node.kubernetes.io/unreachable";
    static final String NO_SCHEDULE = "NoSchedule";
    static final String NO_EXECUTE = "NoExecute";

    private static final String UNSCHEDULABLE_TAINT = "node.kubernetes.io/unschedulable";
    private static final Map<String, String> PRESSURE_TAINTS = Map.of(
            "MemoryPressure", "node.kubernetes.io/memory-pressure",
            "DiskPressure", "node.kubernetes.io/disk-pressure",
            "PIDPressure", "node.kubernetes.io/pid-pressure",
            "NetworkUnavailable", "node.kubernetes.io/network-unavailable");

    private Nodes() {}

    static @Nullable NodeCondition condition(Node node, String type) {
        if (node.getStatus() != null) {
            for (NodeCondition condition : node.getStatus().getConditions()) {
                if (type.equals(condition.getType())) {
                    return condition;
                }
            }
        }
        return null;
    }

    /** "True", "False" or "Unknown", also where the node never said. */
    static String ready(Node node) {
        NodeCondition ready = condition(node, READY);
        return ready == null ? "Unknown" : ready.getStatus();
    }

    static List<Taint> taints(Node node) {
        List<Taint> taints = node.getSpec() == null ? null : node.getSpec().getTaints();
        return taints == null ? List.of() : taints;
    }

    /** The NoSchedule taints that conditions and spec call for (TaintNodesByCondition). */
    static List<String> noScheduleKeys(Node node) {
        var keys = new ArrayList<String>();
        NodeCondition ready = condition(node, READY);
        if (ready != null && "False".equals(ready.getStatus())) {
            keys.add(NOT_READY_TAINT);
        } else if (ready != null && "Unknown".equals(ready.getStatus())) {
            keys.add(UNREACHABLE_TAINT);
        }
        PRESSURE_TAINTS.forEach((type, key) -> {
            NodeCondition condition = condition(node, type);
            if (condition != null && "True".equals(condition.getStatus())) {
                keys.add(key);
            }
        });
        if (node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
            keys.add(UNSCHEDULABLE_TAINT);
        }
        return keys;
    }

    /** Whether a NoSchedule taint of that key is ours to add and remove. */
    static boolean managesNoSchedule(String key) {
        return key.equals(NOT_READY_TAINT)
                || key.equals(UNREACHABLE_TAINT)
                || key.equals(UNSCHEDULABLE_TAINT)
                || PRESSURE_TAINTS.containsValue(key);
    }

    /** The NoExecute taint that the Ready condition calls for; null where the node is ready. */
    static @Nullable String noExecuteKey(Node node) {
        return switch (ready(node)) {
            case "True" -> null;
            case "False" -> NOT_READY_TAINT;
            default -> UNREACHABLE_TAINT;
        };
    }

    static boolean managesNoExecute(Taint taint) {
        return NO_EXECUTE.equals(taint.getEffect())
                && (NOT_READY_TAINT.equals(taint.getKey()) || UNREACHABLE_TAINT.equals(taint.getKey()));
    }

    static boolean has(List<Taint> taints, String key, String effect) {
        return taints.stream()
                .anyMatch(taint -> Objects.equals(taint.getKey(), key) && Objects.equals(taint.getEffect(), effect));
    }
}
