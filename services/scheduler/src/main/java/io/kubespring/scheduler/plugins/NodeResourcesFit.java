package io.kubespring.scheduler.plugins;

import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A node must have room for what the Pod requests; among nodes that have, the least allocated is liked best. */
public final class NodeResourcesFit implements Plugin.Filter, Plugin.Score {

    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public Outcome filter(CycleState state, PodInfo pod, NodeInfo node) {
        List<String> reasons = List.of();
        if (node.pods().size() + 1 > node.allocatable().get("pods")) {
            reasons = added(reasons, "Too many pods");
        }
        boolean resolvable = true;
        for (Map.Entry<String, Long> asked : pod.requests().asMap().entrySet()) {
            long amount = asked.getValue();
            String resource = asked.getKey();
            long allocatable = node.allocatable().get(resource);
            if (amount > 0 && amount > allocatable - node.requested().get(resource)) {
                reasons = added(reasons, "Insufficient " + resource);
                resolvable &= amount <= allocatable;
            }
        }
        if (reasons.isEmpty()) {
            return Outcome.SUCCESS;
        }
        return new Outcome(resolvable ? Outcome.Code.UNSCHEDULABLE : Outcome.Code.UNRESOLVABLE, reasons);
    }

    private static List<String> added(List<String> reasons, String reason) {
        List<String> more = reasons.isEmpty() ? new ArrayList<>(2) : reasons;
        more.add(reason);
        return more;
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        long cpu = free(node.allocatable().get("cpu"), node.scoringCpu() + pod.scoringCpu());
        long memory = free(node.allocatable().get("memory"), node.scoringMemory() + pod.scoringMemory());
        return (cpu + memory) / 2;
    }

    private static long free(long allocatable, long requested) {
        return allocatable <= 0 || requested > allocatable ? 0 : (allocatable - requested) * MAX / allocatable;
    }

    @Override
    public long weight() {
        return 1;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case NODE_ADDED,
                    NODE_ALLOCATABLE_CHANGED,
                    ASSIGNED_POD_DELETED,
                    ASSIGNED_POD_CHANGED,
                    POD_CHANGED,
                    TIMEOUT -> true;
            case NODE_LABELS_CHANGED, NODE_TAINTS_CHANGED, NODE_CHANGED, ASSIGNED_POD_ADDED -> false;
        };
    }
}
