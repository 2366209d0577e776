package io.kubespring.scheduler.plugins;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.kubespring.kinds.scheduling.Tolerations;
import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;

/** Leaves cordoned nodes alone, unless the Pod tolerates the taint that stands for it. */
public final class NodeUnschedulable implements Plugin.Filter {

    private static final Taint TAINT = new TaintBuilder()
            .withKey("node.kubernetes.io/unschedulable")
            .withEffect("NoSchedule")
            .build();

    @Override
    public String name() {
        return "NodeUnschedulable";
    }

    @Override
    public Outcome filter(CycleState state, PodInfo pod, NodeInfo node) {
        return !node.unschedulable()
                        || Tolerations.tolerates(pod.pod().getSpec().getTolerations(), TAINT)
                ? Outcome.SUCCESS
                : Outcome.unresolvable("node(s) were unschedulable");
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case NODE_ADDED, NODE_TAINTS_CHANGED, NODE_CHANGED, POD_CHANGED, TIMEOUT -> true;
            case NODE_ALLOCATABLE_CHANGED,
                    NODE_LABELS_CHANGED,
                    ASSIGNED_POD_DELETED,
                    ASSIGNED_POD_ADDED,
                    ASSIGNED_POD_CHANGED -> false;
        };
    }
}
