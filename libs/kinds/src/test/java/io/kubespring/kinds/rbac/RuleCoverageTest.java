package io.kubespring.kinds.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleCoverageTest {

    private static PolicyRule rule(String verbs, String groups, String resources, String... names) {
        return new PolicyRule(
                List.of(verbs.split(" ")),
                List.of(groups.split(" ")),
                List.of(resources.split(" ")),
                List.of(names),
                List.of());
    }

    private static boolean covered(List<PolicyRule> held, PolicyRule wanted) {
        return RuleCoverage.uncovered(held, List.of(wanted)).isEmpty();
    }

    @Test
    void sumOfSeveralRulesMayCoverOne() {
        var held = List.of(rule("get", "apps", "a b"), rule("list", "apps", "a"), rule("list", "apps", "b"));

        assertThat(covered(held, rule("get list", "apps", "a b"))).isTrue();
        assertThat(RuleCoverage.uncovered(held, List.of(rule("get delete", "apps", "a"))))
                .containsExactly(rule("delete", "apps", "a"));
    }

    @Test
    void starIsCoveredOnlyByStar() {
        var everything = List.of(rule("*", "*", "*"));
        var wide = List.of(rule("get list", "apps", "a b c"));

        assertThat(covered(everything, rule("*", "*", "*"))).isTrue();
        assertThat(covered(everything, rule("get", "apps", "a/status", "n"))).isTrue();
        assertThat(covered(wide, rule("*", "apps", "a"))).isFalse();
        assertThat(covered(wide, rule("get", "*", "a"))).isFalse();
        assertThat(covered(wide, rule("get", "apps", "*"))).isFalse();
    }

    @Test
    void namesNarrowButNeverWiden() {
        var named = List.of(rule("get", "apps", "a", "x", "y"));

        assertThat(covered(named, rule("get", "apps", "a", "x"))).isTrue();
        assertThat(covered(named, rule("get", "apps", "a", "z"))).isFalse();
        assertThat(covered(named, rule("get", "apps", "a"))).isFalse();
        assertThat(covered(List.of(rule("get", "apps", "a")), rule("get", "apps", "a", "z")))
                .isTrue();
    }

    @Test
    void subresourceWildcards() {
        var scale = List.of(rule("get", "*", "*/scale"));

        assertThat(covered(scale, rule("get", "apps", "deployments/scale"))).isTrue();
        assertThat(covered(scale, rule("get", "apps", "deployments/status"))).isFalse();
        assertThat(covered(scale, rule("get", "apps", "deployments"))).isFalse();
    }

    @Test
    void paths() {
        var held = List.of(PolicyRule.paths(List.of("get"), List.of("/healthz/*")));

        assertThat(covered(held, PolicyRule.paths(List.of("get"), List.of("/healthz/etcd"))))
                .isTrue();
        assertThat(covered(held, PolicyRule.paths(List.of("get"), List.of("/healthz/*"))))
                .isTrue();
        assertThat(covered(held, PolicyRule.paths(List.of("get"), List.of("/metrics"))))
                .isFalse();
        assertThat(covered(held, PolicyRule.paths(List.of("get"), List.of("*"))))
                .isFalse();
    }

    @Test
    void aggregationJoinsSelectedRolesInNameOrderWithoutRepetition() {
        var pods = rule("get", "", "pods");
        var jobs = rule("get", "batch", "jobs");
        var candidates = List.of(
                new RoleAggregation.Candidate("b", Map.of("to", "view"), List.of(pods, jobs)),
                new RoleAggregation.Candidate("a", Map.of("to", "view"), List.of(pods)),
                new RoleAggregation.Candidate("view", Map.of("to", "view"), List.of(rule("*", "*", "*"))),
                new RoleAggregation.Candidate("other", Map.of(), List.of(rule("*", "*", "*"))));

        assertThat(RoleAggregation.combine("view", List.of(labels -> "view".equals(labels.get("to"))), candidates))
                .containsExactly(pods, jobs);
    }
}
