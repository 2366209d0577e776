package io.kubespring.scheduler.plugins;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.kubespring.kinds.scheduling.NodeSelection;
import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;
import io.kubespring.scheduler.framework.Snapshot;
import java.util.List;

/** nodeSelector, and required and preferred node affinity. */
public final class NodeAffinity implements Plugin.PreFilter, Plugin.Filter, Plugin.PreScore, Plugin.Score {

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public Outcome preFilter(CycleState state, PodInfo pod, Snapshot snapshot) {
        PodSpec spec = pod.pod().getSpec();
        Affinity affinity = spec.getAffinity();
        boolean selects =
                spec.getNodeSelector() != null && !spec.getNodeSelector().isEmpty();
        boolean requires = affinity != null
                && affinity.getNodeAffinity() != null
                && affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() != null;
        return selects || requires ? Outcome.SUCCESS : Outcome.SKIP;
    }

    @Override
    public Outcome filter(CycleState state, PodInfo pod, NodeInfo node) {
        return NodeSelection.matches(pod.pod().getSpec(), node.node())
                ? Outcome.SUCCESS
                : Outcome.unresolvable("node(s) didn't match Pod's node affinity/selector");
    }

    @Override
    public Outcome preScore(CycleState state, PodInfo pod, Snapshot snapshot, List<NodeInfo> nodes) {
        return preferred(pod).isEmpty() ? Outcome.SKIP : Outcome.SUCCESS;
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        long sum = 0;
        for (PreferredSchedulingTerm each : preferred(pod)) {
            if (each.getWeight() != 0 && NodeSelection.matches(each.getPreference(), node.node())) {
                sum += each.getWeight();
            }
        }
        return sum;
    }

    private static List<PreferredSchedulingTerm> preferred(PodInfo pod) {
        Affinity affinity = pod.pod().getSpec().getAffinity();
        return affinity == null || affinity.getNodeAffinity() == null
                ? List.of()
                : affinity.getNodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecution();
    }

    @Override
    public void normalize(long[] scores) {
        Scores.scaleUp(scores);
    }

    @Override
    public long weight() {
        return 2;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case NODE_ADDED, NODE_LABELS_CHANGED, POD_CHANGED, TIMEOUT -> true;
            case NODE_ALLOCATABLE_CHANGED,
                    NODE_TAINTS_CHANGED,
                    NODE_CHANGED,
                    ASSIGNED_POD_DELETED,
                    ASSIGNED_POD_ADDED,
                    ASSIGNED_POD_CHANGED -> false;
        };
    }
}
