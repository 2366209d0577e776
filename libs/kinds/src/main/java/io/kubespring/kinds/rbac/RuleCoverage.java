package io.kubespring.kinds.rbac;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether some rules grant all that others grant. The answer behind "nobody grants what they do not hold" (RBAC's
 * privilege escalation prevention).
 */
public final class RuleCoverage {

    private RuleCoverage() {}

    /** The parts of {@code wanted} that {@code held} does not cover, each a rule of one verb, group, resource and name. */
    public static List<PolicyRule> uncovered(List<PolicyRule> held, List<PolicyRule> wanted) {
        var missing = new ArrayList<PolicyRule>();
        for (PolicyRule rule : wanted) {
            for (PolicyRule part : breakDown(rule)) {
                if (held.stream().noneMatch(owner -> covers(owner, part))) {
                    missing.add(part);
                }
            }
        }
        return missing;
    }

    /** A rule as many rules with one value in each place. */
    static List<PolicyRule> breakDown(PolicyRule rule) {
        var parts = new ArrayList<PolicyRule>();
        for (String verb : rule.verbs()) {
            for (String url : rule.nonResourceUrls()) {
                parts.add(PolicyRule.paths(List.of(verb), List.of(url)));
            }
        }
        for (String group : rule.apiGroups()) {
            for (String resource : rule.resources()) {
                for (String verb : rule.verbs()) {
                    if (rule.resourceNames().isEmpty()) {
                        parts.add(PolicyRule.resources(List.of(verb), List.of(group), List.of(resource)));
                    }
                    for (String name : rule.resourceNames()) {
                        parts.add(new PolicyRule(
                                List.of(verb), List.of(group), List.of(resource), List.of(name), List.of()));
                    }
                }
            }
        }
        return parts;
    }

    private static boolean covers(PolicyRule owner, PolicyRule part) {
        String verb = part.verbs().getFirst();
        if (!has(owner.verbs(), verb)) {
            return false;
        }
        if (!part.nonResourceUrls().isEmpty()) {
            return owner.nonResourceUrls().stream()
                    .anyMatch(url -> pathCovers(url, part.nonResourceUrls().getFirst()));
        }
        return has(owner.apiGroups(), part.apiGroups().getFirst())
                && resourceCovers(owner.resources(), part.resources().getFirst())
                && (owner.resourceNames().isEmpty()
                        || !part.resourceNames().isEmpty()
                                && owner.resourceNames()
                                        .contains(part.resourceNames().getFirst()));
    }

    private static boolean resourceCovers(List<String> held, String wanted) {
        if (has(held, wanted)) {
            return true;
        }
        int slash = wanted.indexOf('/');
        return slash >= 0 && held.contains("*" + wanted.substring(slash));
    }

    private static boolean pathCovers(String held, String wanted) {
        return held.equals(wanted)
                || held.endsWith(PolicyRule.ALL) && wanted.startsWith(held.substring(0, held.length() - 1));
    }

    private static boolean has(List<String> values, String wanted) {
        return values.contains(wanted) || values.contains(PolicyRule.ALL);
    }
}
