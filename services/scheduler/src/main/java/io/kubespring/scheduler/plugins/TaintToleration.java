package io.kubespring.scheduler.plugins;

import io.fabric8.kubernetes.api.model.Taint;
import io.kubespring.kinds.scheduling.Tolerations;
import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;

/** Keeps Pods off nodes whose taints they do not tolerate, and prefers nodes with fewer such PreferNoSchedule taints. */
public final class TaintToleration implements Plugin.Filter, Plugin.Score {

    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public Outcome filter(CycleState state, PodInfo pod, NodeInfo node) {
        Taint taint = Tolerations.firstUntolerated(
                node.taints(), pod.pod().getSpec().getTolerations(), TaintToleration::keepsOff);
        if (taint == null) {
            return Outcome.SUCCESS;
        }
        String value = taint.getValue() == null ? "" : taint.getValue();
        return Outcome.unresolvable("node(s) had untolerated taint {" + taint.getKey() + ": " + value + "}");
    }

    private static boolean keepsOff(Taint taint) {
        return "NoSchedule".equals(taint.getEffect()) || "NoExecute".equals(taint.getEffect());
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        long count = 0;
        for (Taint each : node.taints()) {
            if ("PreferNoSchedule".equals(each.getEffect())
                    && !Tolerations.tolerates(pod.pod().getSpec().getTolerations(), each)) {
                count++;
            }
        }
        return count;
    }

    @Override
    public void normalize(long[] scores) {
        Scores.scaleDown(scores);
    }

    @Override
    public long weight() {
        return 3;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case NODE_ADDED, NODE_TAINTS_CHANGED, POD_CHANGED, TIMEOUT -> true;
            case NODE_ALLOCATABLE_CHANGED,
                    NODE_LABELS_CHANGED,
                    NODE_CHANGED,
                    ASSIGNED_POD_DELETED,
                    ASSIGNED_POD_ADDED,
                    ASSIGNED_POD_CHANGED -> false;
        };
    }
}
