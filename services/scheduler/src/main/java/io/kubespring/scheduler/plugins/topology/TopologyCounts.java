package io.kubespring.scheduler.plugins.topology;

import io.kubespring.scheduler.framework.NodeInfo;
import java.util.HashMap;
import java.util.Map;

/** A number for each domain: a node label's key and value. */
final class TopologyCounts {

    private final Map<String, Map<String, Long>> counts = new HashMap<>();

    /** Adds to the domain that the node is in; a node without the label is in none. */
    void add(NodeInfo node, String key, long amount) {
        String value = node.label(key);
        if (value != null && amount != 0) {
            counts.computeIfAbsent(key, any -> new HashMap<>()).merge(value, amount, Long::sum);
        }
    }

    /** The number of the node's domain; 0 for a node without the label. */
    long of(NodeInfo node, String key) {
        Map<String, Long> values = counts.get(key);
        if (values == null) {
            return 0;
        }
        String value = node.label(key);
        return value == null ? 0 : values.getOrDefault(value, 0L);
    }

    /** The sum over all keys. */
    long of(NodeInfo node) {
        long sum = 0;
        for (String key : counts.keySet()) {
            sum += of(node, key);
        }
        return sum;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }
}
