package io.kubespring.scheduler.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All nodes at one moment, in a fixed order. */
public record Snapshot(List<NodeInfo> nodes) {

    /** Nodes with Pods that ask anything of their neighbours. */
    public List<NodeInfo> withAffinity() {
        return having(node -> !node.withAffinity().isEmpty());
    }

    /** Nodes with Pods that keep others away. */
    public List<NodeInfo> withRequiredAntiAffinity() {
        return having(node -> !node.requiringAntiAffinity().isEmpty());
    }

    private List<NodeInfo> having(Predicate<NodeInfo> condition) {
        List<NodeInfo> result = List.of();
        for (NodeInfo each : nodes) {
            if (condition.test(each)) {
                result = result.isEmpty() ? new ArrayList<>() : result;
                result.add(each);
            }
        }
        return result;
    }

    public int size() {
        return nodes.size();
    }
}
