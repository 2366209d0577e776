package io.kubespring.scheduler.plugins;

import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.HostPort;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;
import io.kubespring.scheduler.framework.Snapshot;

/** Two Pods on one node cannot have the same host port. */
public final class NodePorts implements Plugin.PreFilter, Plugin.Filter {

    @Override
    public String name() {
        return "NodePorts";
    }

    @Override
    public Outcome preFilter(CycleState state, PodInfo pod, Snapshot snapshot) {
        return pod.hostPorts().isEmpty() ? Outcome.SKIP : Outcome.SUCCESS;
    }

    @Override
    public Outcome filter(CycleState state, PodInfo pod, NodeInfo node) {
        for (PodInfo other : node.pods()) {
            for (HostPort taken : other.hostPorts()) {
                for (HostPort wanted : pod.hostPorts()) {
                    if (wanted.conflictsWith(taken)) {
                        return Outcome.unschedulable("node(s) didn't have free ports for the requested pod ports");
                    }
                }
            }
        }
        return Outcome.SUCCESS;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case NODE_ADDED, ASSIGNED_POD_DELETED, POD_CHANGED, TIMEOUT -> true;
            case NODE_ALLOCATABLE_CHANGED,
                    NODE_LABELS_CHANGED,
                    NODE_TAINTS_CHANGED,
                    NODE_CHANGED,
                    ASSIGNED_POD_ADDED,
                    ASSIGNED_POD_CHANGED -> false;
        };
    }
}
