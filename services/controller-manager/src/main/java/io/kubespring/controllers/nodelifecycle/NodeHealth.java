package io.kubespring.controllers.nodelifecycle;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Remembers when a node was last heard of, by our own clock: whenever its status or its Lease changed. A node's clock is
 * never compared with ours.
 */
final class NodeHealth {

    /** Conditions that become Unknown together. */
    private static final List<String> CONDITIONS =
            List.of(Nodes.READY, "MemoryPressure", "DiskPressure", "PIDPressure");

    private @Nullable NodeStatus status;
    private @Nullable Object renewed;
    private long heardAt;

    /** @param now monotonic */
    NodeHealth(Node node, long now) {
        this.heardAt = now;
        this.status = node.getStatus();
    }

    /** Takes in what the informers show. */
    void observe(Node node, @Nullable Lease lease, long now) {
        NodeCondition before = status == null ? null : ready(status);
        NodeCondition after = node.getStatus() == null ? null : ready(node.getStatus());
        Object renewal = lease == null || lease.getSpec() == null
                ? null
                : lease.getSpec().getRenewTime();
        // What we wrote ourselves (Unknown) is no sign of life.
        boolean ours = after != null && "Unknown".equals(after.getStatus());
        if (!Objects.equals(before, after) && !ours || renewal != null && !renewal.equals(renewed)) {
            heardAt = now;
        }
        status = node.getStatus();
        renewed = renewal == null ? renewed : renewal;
    }

    boolean silent(long now, Duration grace) {
        return now - heardAt > grace.toNanos();
    }

    private static @Nullable NodeCondition ready(NodeStatus status) {
        for (NodeCondition condition : status.getConditions()) {
            if (Nodes.READY.equals(condition.getType())) {
                return condition;
            }
        }
        return null;
    }

    /** The node's conditions once it is silent. */
    static List<NodeCondition> unknown(Node node, Instant now) {
        String at = now.truncatedTo(ChronoUnit.SECONDS).toString();
        var conditions = new ArrayList<NodeCondition>();
        if (node.getStatus() != null) {
            node.getStatus().getConditions().stream()
                    .filter(condition -> !CONDITIONS.contains(condition.getType()))
                    .forEach(conditions::add);
        }
        for (String type : CONDITIONS) {
            NodeCondition before = Nodes.condition(node, type);
            if (before != null && "Unknown".equals(before.getStatus())) {
                conditions.add(before);
            } else {
                conditions.add(new NodeCondition(
                        before == null ? node.getMetadata().getCreationTimestamp() : before.getLastHeartbeatTime(),
                        at,
                        before == null ? "Kubelet never posted node status." : "Kubelet stopped posting node status.",
                        before == null ? "NodeStatusNeverUpdated" : "NodeStatusUnknown",
                        "Unknown",
                        type));
            }
        }
        return conditions;
    }
}
