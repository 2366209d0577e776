package io.kubespring.scheduler.plugins;

import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;

/** A Pod that names its node goes there or nowhere. */
public final class NodeName implements Plugin.Filter {

    @Override
    public String name() {
        return "NodeName";
    }

    @Override
    public Outcome filter(CycleState state, PodInfo pod, NodeInfo node) {
        String wanted = pod.pod().getSpec().getNodeName();
        return wanted == null || wanted.isEmpty() || wanted.equals(node.name())
                ? Outcome.SUCCESS
                : Outcome.unresolvable("node(s) didn't match the requested node name");
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return event == ClusterEvent.NODE_ADDED || event == ClusterEvent.TIMEOUT;
    }
}
