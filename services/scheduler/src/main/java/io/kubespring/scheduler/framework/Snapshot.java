package io.kubespring.scheduler.framework;

import java.util.List;

/** All nodes at one moment, in a fixed order. */
public record Snapshot(List<NodeInfo> nodes) {

    public int size() {
        return nodes.size();
    }
}
