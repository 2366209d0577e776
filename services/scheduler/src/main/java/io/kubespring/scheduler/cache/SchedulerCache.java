package io.kubespring.scheduler.cache;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.PodInfo;
import io.kubespring.scheduler.framework.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes with their Pods. A Pod is <em>assumed</em> on its node as soon as the scheduler has chosen one, so the next Pod
 * sees the room taken; the watch later confirms it, or {@link #forget} takes it back when binding failed. Invariant: a Pod
 * counts on exactly one node, known by uid. Pods of nodes not yet seen wait until the node comes.
 */
public final class SchedulerCache {

    private record Placed(PodInfo pod, String node, boolean assumed) {}

    private final Map<String, NodeInfo> nodes = new LinkedHashMap<>();
    private final Map<String, Placed> pods = new HashMap<>();
    private @Nullable Snapshot snapshot;

    public synchronized void putNode(Node node) {
        String name = node.getMetadata().getName();
        NodeInfo known = nodes.get(name);
        if (known != null) {
            nodes.put(name, known.withNode(node));
        } else {
            NodeInfo fresh = NodeInfo.of(node);
            for (Placed each : pods.values()) {
                if (each.node().equals(name)) {
                    fresh = fresh.plus(each.pod());
                }
            }
            nodes.put(name, fresh);
        }
        snapshot = null;
    }

    public synchronized void removeNode(String name) {
        nodes.remove(name);
        snapshot = null;
    }

    /** A Pod that the API server says is bound. */
    public synchronized void putPod(Pod pod) {
        var now = new Placed(PodInfo.of(pod), pod.getSpec().getNodeName(), false);
        Placed before = pods.get(now.pod().uid());
        if (before == null || !before.node().equals(now.node())) {
            remove(now.pod().uid());
            place(now);
            return;
        }
        // The usual case: an assumed Pod is confirmed.
        pods.put(now.pod().uid(), now);
        nodes.computeIfPresent(now.node(), (name, node) -> node.with(now.pod()));
        snapshot = null;
    }

    public synchronized void removePod(Pod pod) {
        remove(pod.getMetadata().getUid());
    }

    public synchronized void assume(PodInfo pod, String node) {
        place(new Placed(pod, node, true));
    }

    /** Takes back an assumption; a Pod that was confirmed meanwhile stays. */
    public synchronized void forget(PodInfo pod) {
        Placed placed = pods.get(pod.uid());
        if (placed != null && placed.assumed()) {
            remove(pod.uid());
        }
    }

    /** Whether the Pod counts on a node already. */
    public synchronized boolean holds(String uid) {
        return pods.containsKey(uid);
    }

    private void place(Placed placed) {
        pods.put(placed.pod().uid(), placed);
        nodes.computeIfPresent(placed.node(), (name, node) -> node.plus(placed.pod()));
        snapshot = null;
    }

    private void remove(String uid) {
        Placed placed = pods.remove(uid);
        if (placed != null) {
            nodes.computeIfPresent(placed.node(), (name, node) -> node.minus(placed.pod()));
            snapshot = null;
        }
    }

    public synchronized int nodes() {
        return nodes.size();
    }

    public synchronized int pods() {
        return pods.size();
    }

    public synchronized long assumedPods() {
        return pods.values().stream().filter(Placed::assumed).count();
    }

    /** All nodes as of now. */
    public synchronized Snapshot snapshot() {
        Snapshot current = snapshot;
        if (current == null) {
            List<NodeInfo> all = new ArrayList<>(nodes.values());
            current = new Snapshot(all);
            snapshot = current;
        }
        return current;
    }
}
