package io.kubespring.kinds.rbac;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The rules of an aggregated ClusterRole: those of every ClusterRole that one of its selectors matches, in name order,
 * without repetition.
 */
public final class RoleAggregation {

    private RoleAggregation() {}

    /** A ClusterRole that may be selected. */
    public record Candidate(String name, Map<String, String> labels, List<PolicyRule> rules) {}

    /**
     * @param name of the aggregated role, which never selects itself
     * @param selectors any of which may match a candidate's labels
     */
    public static List<PolicyRule> combine(
            String name, List<? extends Predicate<Map<String, String>>> selectors, List<Candidate> candidates) {
        var rules = new LinkedHashSet<PolicyRule>();
        for (Predicate<Map<String, String>> selector : selectors) {
            candidates.stream()
                    .filter(each -> !each.name().equals(name) && selector.test(each.labels()))
                    .sorted(Comparator.comparing(Candidate::name))
                    .forEach(each -> rules.addAll(each.rules()));
        }
        return new ArrayList<>(rules);
    }
}
