package io.kubespring.apiserver.authorization.rbac;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.kinds.rbac.PolicyRule;
import io.kubespring.kinds.rbac.RuleCoverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** What a user would have to hold to grant some rules, and how upstream tells it. */
public final class MissingRules {

    private MissingRules() {}

    /** The parts that {@code held} does not cover, verbs of the same resource together. */
    public static List<PolicyRule> of(List<PolicyRule> held, List<PolicyRule> granted) {
        var verbs = new LinkedHashMap<PolicyRule, List<String>>();
        for (PolicyRule part : RuleCoverage.uncovered(held, granted)) {
            var key = new PolicyRule(
                    List.of(), part.apiGroups(), part.resources(), part.resourceNames(), part.nonResourceUrls());
            verbs.computeIfAbsent(key, each -> new ArrayList<>()).addAll(part.verbs());
        }
        return verbs.entrySet().stream()
                .map(entry -> new PolicyRule(
                        entry.getValue(),
                        entry.getKey().apiGroups(),
                        entry.getKey().resources(),
                        entry.getKey().resourceNames(),
                        entry.getKey().nonResourceUrls()))
                .toList();
    }

    public static String message(UserInfo user, List<PolicyRule> missing) {
        String groups =
                user.groups().stream().map(group -> '"' + group + '"').collect(Collectors.joining(" ", "[", "]"));
        String rules =
                missing.stream().map(PolicyRule::toString).sorted().distinct().collect(Collectors.joining("\n"));
        return "user \"" + user.name() + "\" (groups=" + groups
                + ") is attempting to grant RBAC permissions not currently held:\n" + rules;
    }
}
