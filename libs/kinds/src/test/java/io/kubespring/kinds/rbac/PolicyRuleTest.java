package io.kubespring.kinds.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyRuleTest {

    @ParameterizedTest(name = "{0} on {1} asked {2}: {3}")
    @CsvSource({
        "get,      pods,            get,    pods, '',     true",
        "get,      pods,            list,   pods, '',     false",
        "*,        pods,            delete, pods, '',     true",
        "get,      pods,            get,    pods, log,    false",
        "get,      pods/log,        get,    pods, log,    true",
        "get,      pods/log,        get,    pods, '',     false",
        "get,      pods/log,        get,    pods, logs,   false",
        "get,      pod/slog,        get,    pods, log,    false",
        "get,      *,               get,    pods, '',     true",
        "get,      *,               get,    pods, log,    true",
        "get,      */scale,         get,    deployments, scale,  true",
        "get,      */scale,         get,    deployments, status, false",
        "get,      */scale,         get,    deployments, '',     false",
        "get,      deployments/*,   get,    deployments, scale,  false",
    })
    void resources(String verb, String resource, String asked, String of, String sub, boolean allowed) {
        var rule = PolicyRule.resources(List.of(verb), List.of(""), List.of(resource));

        assertThat(rule.allowsResource(asked, "", of, sub, "")).isEqualTo(allowed);
    }

    @Test
    void groupsMatchExactlyOrByStar() {
        assertThat(PolicyRule.resources(List.of("get"), List.of("apps"), List.of("*"))
                        .allowsResource("get", "", "pods", "", ""))
                .isFalse();
        assertThat(PolicyRule.resources(List.of("get"), List.of("*"), List.of("*"))
                        .allowsResource("get", "apps", "deployments", "", "x"))
                .isTrue();
    }

    @Test
    void namedRuleDoesNotCoverCollections() {
        var rule = PolicyRule.parse(Json.read(
                "{\"verbs\":[\"*\"],\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"resourceNames\":[\"a\"]}"));

        assertThat(rule.allowsResource("get", "", "secrets", "", "a")).isTrue();
        assertThat(rule.allowsResource("get", "", "secrets", "", "b")).isFalse();
        assertThat(rule.allowsResource("list", "", "secrets", "", "")).isFalse();
    }

    @ParameterizedTest(name = "{0} asked {1}: {2}")
    @CsvSource({
        "/healthz,   /healthz,      true",
        "/healthz,   /healthz/etcd, false",
        "/healthz/*, /healthz/etcd, true",
        "/healthz/*, /healthz,      false",
        "*,          /anything,     true",
        "/api*,      /apis,         true",
        "/a/*/b,     /a/x/b,        false",
    })
    void paths(String url, String asked, boolean allowed) {
        var rule = PolicyRule.paths(List.of("get"), List.of(url));

        assertThat(rule.allowsPath("get", asked)).isEqualTo(allowed);
        assertThat(rule.allowsPath("post", asked)).isFalse();
    }

    @Test
    void resourceRuleAllowsNoPath() {
        assertThat(PolicyRule.resources(List.of("*"), List.of("*"), List.of("*"))
                        .allowsPath("get", "/metrics"))
                .isFalse();
    }

    @Test
    void treeRoundTripLeavesEmptyListsOut() {
        var rule = PolicyRule.resources(List.of("get"), List.of(""), List.of("pods"));

        assertThat(rule.toTree().toString())
                .isEqualTo("{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}");
        assertThat(PolicyRule.parse(rule.toTree())).isEqualTo(rule);
    }

    @Test
    void describedAsUpstreamDoes() {
        assertThat(PolicyRule.resources(List.of("get", "list"), List.of(""), List.of("pods")))
                .hasToString("{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"get\" \"list\"]}");
    }
}
