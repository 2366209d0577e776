package io.kubespring.scheduler.plugins;

import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;

/** Likes nodes whose CPU and memory would be used in like proportion, so that neither is left over alone. */
public final class BalancedAllocation implements Plugin.Score {

    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        double cpu = share(
                node.requested().get("cpu") + pod.requests().get("cpu"),
                node.allocatable().get("cpu"));
        double memory = share(
                node.requested().get("memory") + pod.requests().get("memory"),
                node.allocatable().get("memory"));
        return (long) ((1 - Math.abs(cpu - memory) / 2) * MAX);
    }

    private static double share(long requested, long allocatable) {
        return allocatable <= 0 ? 1 : Math.min(1, (double) requested / allocatable);
    }

    @Override
    public long weight() {
        return 1;
    }
}
