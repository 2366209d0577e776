package io.kubespring.scheduler.framework;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Why a Pod fits nowhere: counts reasons over nodes and words them as the FailedScheduling event does. */
public final class FitFailure {

    private final int nodes;
    private final Map<String, Integer> reasons = new HashMap<>();
    private final Set<String> plugins = new HashSet<>();
    private String before = "";

    public FitFailure(int nodes) {
        this.nodes = nodes;
    }

    /** One node rejected by one plugin. */
    public void add(String plugin, List<String> why) {
        plugins.add(plugin);
        why.forEach(each -> reasons.merge(each, 1, Integer::sum));
    }

    /** The whole Pod rejected before any node was tried. */
    public void addForAll(String plugin, List<String> why) {
        plugins.add(plugin);
        before = String.join(", ", why);
    }

    /** Names of the plugins that rejected. */
    public Set<String> plugins() {
        return plugins;
    }

    public String message() {
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        String start = "0/" + nodes + " nodes are available";
        if (!before.isEmpty()) {
            return start + ": " + before + ".";
        }
        String list = reasons.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? start : start + ": " + list + ".";
    }
}
