package io.kubespring.scheduler.plugins.topology;

import io.fabric8.kubernetes.api.model.Taint;
import io.kubespring.kinds.scheduling.NodeSelection;
import io.kubespring.kinds.scheduling.Tolerations;
import io.kubespring.scheduler.framework.ClusterEvent;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.Plugin;
import io.kubespring.scheduler.framework.PodInfo;
import io.kubespring.scheduler.framework.Snapshot;
import io.kubespring.scheduler.framework.SpreadConstraint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Spreads Pods of a kind evenly over domains: constraints that say DoNotSchedule reject nodes, those that say
 * ScheduleAnyway rank them. Only nodes that have all the labels of the constraints count.
 */
public final class PodTopologySpread implements Plugin.PreFilter, Plugin.Filter, Plugin.PreScore, Plugin.Score {

    private static final String MISMATCH = "node(s) didn't match pod topology spread constraints";
    /** The score of a node that is in no domain; a real one is never below 0. */
    private static final long NO_DOMAIN = -1;

    private record Hard(List<Domains> domains) {}

    private record Soft(List<Domains> domains) {}

    @Override
    public String name() {
        return "PodTopologySpread";
    }

    private static List<Domains> domains(PodInfo pod, boolean hard) {
        List<Domains> result = new ArrayList<>();
        for (SpreadConstraint each : pod.spread()) {
            if (each.hard() == hard) {
                result.add(new Domains(each, each.selector().matches(pod.labels()) ? 1 : 0));
            }
        }
        return result;
    }

    private static boolean counts(SpreadConstraint constraint, PodInfo pod, NodeInfo node) {
        var spec = pod.pod().getSpec();
        return (!constraint.honorAffinity() || NodeSelection.matches(spec, node.node()))
                && (!constraint.honorTaints()
                        || Tolerations.firstUntolerated(
                                        node.taints(), spec.getTolerations(), PodTopologySpread::keepsOff)
                                == null);
    }

    private static boolean keepsOff(Taint taint) {
        return "NoSchedule".equals(taint.getEffect()) || "NoExecute".equals(taint.getEffect());
    }

    @Override
    public Outcome preFilter(CycleState state, PodInfo pod, Snapshot snapshot) {
        if (pod.spread().isEmpty()) {
            return Outcome.SKIP;
        }
        List<Domains> hard = domains(pod, true);
        if (hard.isEmpty()) {
            return Outcome.SKIP;
        }
        for (NodeInfo node : snapshot.nodes()) {
            if (Domains.hasAll(node, hard)) {
                hard.forEach(each -> count(each, pod, node));
            }
        }
        state.write(new Hard(hard));
        return Outcome.SUCCESS;
    }

    private static void count(Domains domains, PodInfo pod, NodeInfo node) {
        SpreadConstraint constraint = domains.constraint();
        String domain = node.label(constraint.topologyKey());
        if (domain != null && counts(constraint, pod, node)) {
            domains.add(domain, constraint.count(node, pod.namespace()));
        }
    }

    @Override
    public Outcome filter(CycleState state, PodInfo pod, NodeInfo node) {
        for (Domains each : Objects.requireNonNull(state.read(Hard.class)).domains) {
            String domain = node.label(each.constraint().topologyKey());
            if (domain == null) {
                return Outcome.unresolvable(MISMATCH + " (missing required label)");
            }
            if (!each.allows(domain)) {
                return Outcome.unschedulable(MISMATCH);
            }
        }
        return Outcome.SUCCESS;
    }

    @Override
    public Outcome preScore(CycleState state, PodInfo pod, Snapshot snapshot, List<NodeInfo> nodes) {
        List<Domains> soft = pod.spread().isEmpty() ? List.of() : domains(pod, false);
        if (soft.isEmpty()) {
            return Outcome.SKIP;
        }
        for (Domains each : soft) {
            String key = each.constraint().topologyKey();
            Set<String> candidates = new HashSet<>();
            for (NodeInfo node : nodes) {
                String domain = node.label(key);
                if (domain != null && Domains.hasAll(node, soft)) {
                    candidates.add(domain);
                    each.add(domain, 0);
                }
            }
            for (NodeInfo node : snapshot.nodes()) {
                if (candidates.contains(Objects.requireNonNullElse(node.label(key), ""))
                        && Domains.hasAll(node, soft)) {
                    count(each, pod, node);
                }
            }
        }
        state.write(new Soft(soft));
        return Outcome.SUCCESS;
    }

    /** A constraint over many small domains counts more than one over a few large ones. */
    @Override
    public long score(CycleState state, PodInfo pod, NodeInfo node) {
        double score = 0;
        for (Domains each : Objects.requireNonNull(state.read(Soft.class)).domains) {
            String domain = node.label(each.constraint().topologyKey());
            if (domain == null) {
                return NO_DOMAIN;
            }
            score += each.of(domain) * Math.log(each.size() + 2.0)
                    + each.constraint().maxSkew()
                    - 1;
        }
        return Math.round(score);
    }

    /** The emptiest becomes the best; a node that is in no domain gets nothing. */
    @Override
    public void normalize(long[] scores) {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (long each : scores) {
            if (each != NO_DOMAIN) {
                least = Math.min(least, each);
                most = Math.max(most, each);
            }
        }
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] == NO_DOMAIN) {
                scores[i] = 0;
            } else {
                scores[i] = most == 0 ? MAX : MAX * (most + least - scores[i]) / most;
            }
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
                    NODE_TAINTS_CHANGED,
                    ASSIGNED_POD_DELETED,
                    ASSIGNED_POD_ADDED,
                    ASSIGNED_POD_CHANGED,
                    POD_CHANGED,
                    TIMEOUT -> true;
            case NODE_ALLOCATABLE_CHANGED, NODE_CHANGED -> false;
        };
    }
}
