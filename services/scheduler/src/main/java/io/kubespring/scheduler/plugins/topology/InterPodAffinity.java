package io.kubespring.scheduler.plugins.topology;

import io.kubespring.scheduler.framework.AffinityTerm;
import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.NamespaceLabels;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;
import io.kubespring.scheduler.framework.Snapshot;
import java.util.List;
import java.util.Objects;

/**
 * Pod affinity and anti-affinity, required and preferred. Anti-affinity that is required holds both ways: a Pod that runs
 * keeps others away too. The Pods of the cluster are counted by domain once; a node is then judged by its labels.
 */
public final class InterPodAffinity implements Plugin.PreFilter, Plugin.Filter, Plugin.PreScore, Plugin.Score {

    /** What a required affinity of a Pod that runs counts as preference for the Pods that it wants. */
    private static final int HARD_AFFINITY_WEIGHT = 1;

    /**
     * @param near Pods that the new Pod requires to be near to: those that satisfy all its terms
     * @param far Pods that it requires to be far from
     * @param keepAway Pods that run and require it to be far
     * @param first whether the Pod would satisfy its own terms, so that the first of a group can start
     */
    private record Required(TopologyCounts near, TopologyCounts far, TopologyCounts keepAway, boolean first) {}

    private record Preferred(TopologyCounts scores) {}

    private final NamespaceLabels namespaces;

    public InterPodAffinity(NamespaceLabels namespaces) {
        this.namespaces = namespaces;
    }

    @Override
    public String name() {
        return "InterPodAffinity";
    }

    @Override
    public Outcome preFilter(CycleState state, PodInfo pod, Snapshot snapshot) {
        var keepAway = new TopologyCounts();
        for (NodeInfo node : snapshot.withRequiredAntiAffinity()) {
            for (PodInfo other : node.requiringAntiAffinity()) {
                count(other.affinities().requiredAnti(), pod, node, keepAway);
            }
        }
        List<AffinityTerm> near = pod.affinities().required();
        List<AffinityTerm> far = pod.affinities().requiredAnti();
        if (near.isEmpty() && far.isEmpty()) {
            if (keepAway.isEmpty()) {
                return Outcome.SKIP;
            }
            state.write(new Required(keepAway, keepAway, keepAway, false));
            return Outcome.SUCCESS;
        }
        var nearCounts = new TopologyCounts();
        var farCounts = new TopologyCounts();
        for (NodeInfo node : snapshot.nodes()) {
            for (PodInfo other : node.pods()) {
                if (!near.isEmpty() && meansAll(near, other)) {
                    near.forEach(each -> nearCounts.add(node, each.topologyKey(), 1));
                }
                count(far, other, node, farCounts);
            }
        }
        state.write(new Required(nearCounts, farCounts, keepAway, meansAll(near, pod)));
        return Outcome.SUCCESS;
    }

    private void count(List<AffinityTerm> terms, PodInfo meant, NodeInfo node, TopologyCounts into) {
        for (AffinityTerm each : terms) {
            if (each.means(meant, namespaces)) {
                into.add(node, each.topologyKey(), 1);
            }
        }
    }

    private boolean meansAll(List<AffinityTerm> terms, PodInfo pod) {
        for (AffinityTerm each : terms) {
            if (!each.means(pod, namespaces)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Outcome filter(CycleState state, PodInfo pod, NodeInfo node) {
        Required required = Objects.requireNonNull(state.read(Required.class));
        if (!nearEnough(required, pod.affinities().required(), node)) {
            return Outcome.unresolvable("node(s) didn't match pod affinity rules");
        }
        for (AffinityTerm each : pod.affinities().requiredAnti()) {
            if (required.far.of(node, each.topologyKey()) > 0) {
                return Outcome.unschedulable("node(s) didn't match pod anti-affinity rules");
            }
        }
        return required.keepAway.of(node) > 0
                ? Outcome.unschedulable("node(s) didn't satisfy existing pods anti-affinity rules")
                : Outcome.SUCCESS;
    }

    private static boolean nearEnough(Required required, List<AffinityTerm> terms, NodeInfo node) {
        boolean all = true;
        for (AffinityTerm each : terms) {
            if (node.label(each.topologyKey()) == null) {
                return false;
            }
            all &= required.near.of(node, each.topologyKey()) > 0;
        }
        return all || (required.near.isEmpty() && required.first);
    }

    @Override
    public Outcome preScore(CycleState state, PodInfo pod, Snapshot snapshot, List<NodeInfo> nodes) {
        boolean prefers = !pod.affinities().preferred().isEmpty()
                || !pod.affinities().preferredAnti().isEmpty();
        var scores = new TopologyCounts();
        for (NodeInfo node : prefers ? snapshot.nodes() : snapshot.withAffinity()) {
            if (prefers) {
                for (PodInfo other : node.pods()) {
                    weigh(pod.affinities().preferred(), other, node, scores, 1);
                    weigh(pod.affinities().preferredAnti(), other, node, scores, -1);
                }
            }
            for (PodInfo other : node.withAffinity()) {
                for (AffinityTerm each : other.affinities().required()) {
                    if (each.means(pod, namespaces)) {
                        scores.add(node, each.topologyKey(), HARD_AFFINITY_WEIGHT);
                    }
                }
                weigh(other.affinities().preferred(), pod, node, scores, 1);
                weigh(other.affinities().preferredAnti(), pod, node, scores, -1);
            }
        }
        if (scores.isEmpty()) {
            return Outcome.SKIP;
        }
        state.write(new Preferred(scores));
        return Outcome.SUCCESS;
    }

    private void weigh(List<AffinityTerm> terms, PodInfo meant, NodeInfo node, TopologyCounts into, int sign) {
        for (AffinityTerm each : terms) {
            if (each.means(meant, namespaces)) {
                into.add(node, each.topologyKey(), (long) sign * each.weight());
            }
        }
    }

    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        return Objects.requireNonNull(state.read(Preferred.class)).scores.of(node);
    }

    /** The best becomes 100, the worst 0. */
    @Override
    public void normalize(long[] scores) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (long each : scores) {
            least = Math.min(least, each);
            most = Math.max(most, each);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = most == least ? 0 : MAX * (scores[i] - least) / (most - least);
        }
    }

    @Override
    public long weight() {
        return 2;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case NODE_ADDED,
                    NODE_LABELS_CHANGED,
                    ASSIGNED_POD_DELETED,
                    ASSIGNED_POD_ADDED,
                    ASSIGNED_POD_CHANGED,
                    POD_CHANGED,
                    TIMEOUT -> true;
            case NODE_ALLOCATABLE_CHANGED, NODE_TAINTS_CHANGED, NODE_CHANGED -> false;
        };
    }
}
