package io.kubespring.scheduler.framework;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the plugins of one profile, point by point. */
public final class Framework {

    private final List<Plugin> plugins;
    private final List<Plugin.PreFilter> preFilters;
    private final List<Plugin.Filter> filters;
    private final List<Plugin.PreScore> preScores;
    private final List<Plugin.Score> scores;

    /** @param plugins in the order in which they are asked */
    public Framework(List<Plugin> plugins) {
        this.plugins = List.copyOf(plugins);
        preFilters = having(Plugin.PreFilter.class);
        filters = having(Plugin.Filter.class);
        preScores = having(Plugin.PreScore.class);
        scores = having(Plugin.Score.class);
    }

    private <P extends Plugin> List<P> having(Class<P> point) {
        return plugins.stream().filter(point::isInstance).map(point::cast).toList();
    }

    /** The first plugin that keeps the Pod out of the queue, or null. */
    public Plugin.@Nullable PreEnqueue gate(PodInfo pod) {
        for (Plugin.PreEnqueue each : having(Plugin.PreEnqueue.class)) {
            if (!each.preEnqueue(pod).isSuccess()) {
                return each;
            }
        }
        return null;
    }

    /** Success, or the first rejection, noted in the failure. */
    public Outcome preFilter(CycleState state, PodInfo pod, Snapshot snapshot, FitFailure failure) {
        for (Plugin.PreFilter each : preFilters) {
            Outcome outcome = each.preFilter(state, pod, snapshot);
            if (outcome.isSkip()) {
                state.skipFilter(each.name());
            } else if (!outcome.isSuccess()) {
                failure.addForAll(each.name(), outcome.reasons());
                return outcome;
            }
        }
        return Outcome.SUCCESS;
    }

    /** Success, or the first plugin's rejection, noted in the failure. */
    public Outcome filter(CycleState state, PodInfo pod, NodeInfo node, FitFailure failure) {
        for (Plugin.Filter each : filters) {
            if (state.skipsFilter(each.name())) {
                continue;
            }
            Outcome outcome = each.filter(state, pod, node);
            if (!outcome.isSuccess()) {
                failure.add(each.name(), outcome.reasons());
                return outcome;
            }
        }
        return Outcome.SUCCESS;
    }

    /** A node that room was made on, or null. */
    public @Nullable String postFilter(CycleState state, PodInfo pod, Snapshot snapshot) {
        for (Plugin.PostFilter each : having(Plugin.PostFilter.class)) {
            String nominated = each.postFilter(state, pod, snapshot);
            if (nominated != null) {
                return nominated;
            }
        }
        return null;
    }

    /** The weighted sum of all scores, node by node. */
    public long[] score(CycleState state, PodInfo pod, Snapshot snapshot, List<NodeInfo> nodes) {
        for (Plugin.PreScore each : preScores) {
            if (each.preScore(state, pod, snapshot, nodes).isSkip()) {
                state.skipScore(each.name());
            }
        }
        long[] total = new long[nodes.size()];
        for (Plugin.Score each : scores) {
            if (state.skipsScore(each.name())) {
                continue;
            }
            long[] own = new long[nodes.size()];
            for (int i = 0; i < own.length; i++) {
                own[i] = each.score(state, pod, nodes.get(i));
            }
            each.normalize(own);
            for (int i = 0; i < own.length; i++) {
                total[i] += own[i] * each.weight();
            }
        }
        return total;
    }

    /** Reserve, then Permit; what was reserved is given back where one of them says no. */
    public Outcome reserve(CycleState state, PodInfo pod, String node) {
        for (Plugin.Reserve each : having(Plugin.Reserve.class)) {
            Outcome outcome = each.reserve(state, pod, node);
            if (!outcome.isSuccess()) {
                unreserve(state, pod, node);
                return outcome;
            }
        }
        for (Plugin.Permit each : having(Plugin.Permit.class)) {
            Outcome outcome = each.permit(state, pod, node);
            if (!outcome.isSuccess()) {
                unreserve(state, pod, node);
                return outcome;
            }
        }
        return Outcome.SUCCESS;
    }

    public void unreserve(CycleState state, PodInfo pod, String node) {
        having(Plugin.Reserve.class).reversed().forEach(each -> each.unreserve(state, pod, node));
    }

    /** PreBind, Bind and PostBind. May block. */
    public Outcome bind(CycleState state, PodInfo pod, String node) {
        for (Plugin.PreBind each : having(Plugin.PreBind.class)) {
            Outcome outcome = each.preBind(state, pod, node);
            if (!outcome.isSuccess()) {
                return outcome;
            }
        }
        for (Plugin.Bind each : having(Plugin.Bind.class)) {
            Outcome outcome = each.bind(state, pod, node);
            if (outcome.isSkip()) {
                continue;
            }
            if (outcome.isSuccess()) {
                having(Plugin.PostBind.class).forEach(after -> after.postBind(state, pod, node));
            }
            return outcome;
        }
        return Outcome.error("no plugin binds this Pod");
    }

    /** Whether one of the named plugins may change its mind after the event. */
    public boolean mayHelp(ClusterEvent event, PodInfo pod, java.util.Set<String> rejectedBy) {
        for (Plugin each : plugins) {
            if (rejectedBy.contains(each.name()) && each.mayHelp(event, pod)) {
                return true;
            }
        }
        return rejectedBy.isEmpty();
    }
}
