package io.kubespring.apiserver.authorization.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.authorization.FakeObjects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RbacAuthorizerTest {

    private static final String RBAC = RbacResources.GROUP;

    private final FakeObjects objects = new FakeObjects();
    private final RbacAuthorizer authorizer = new RbacAuthorizer(new RbacRules(objects));

    @BeforeEach
    void roles() {
        objects.put(
                        RBAC,
                        "clusterroles",
                        "{'metadata':{'name':'reader'},'rules':[{'apiGroups':[''],'resources':['pods'],'verbs':['get','list']}]}")
                .put(
                        RBAC,
                        "clusterroles",
                        "{'metadata':{'name':'info'},'rules':[{'nonResourceURLs':['/version'],'verbs':['get']}]}")
                .put(
                        RBAC,
                        "roles",
                        "{'metadata':{'name':'writer','namespace':'a'},"
                                + "'rules':[{'apiGroups':[''],'resources':['pods'],'verbs':['create']}]}");
        bind("all", "", "ClusterRole", "reader", "{'kind':'Group','name':'ops'}");
        bind("info", "", "ClusterRole", "info", "{'kind':'Group','name':'system:unauthenticated'}");
        bind("in-a", "a", "ClusterRole", "reader", "{'kind':'User','name':'alice'}");
        bind("write-a", "a", "Role", "writer", "{'kind':'ServiceAccount','name':'ci'}");
        bind("dangling", "a", "Role", "missing", "{'kind':'User','name':'alice'}");
        bind("odd", "", "ClusterRole", "reader", "{'kind':'Robot','name':'mallory'}");
    }

    private void bind(String name, String namespace, String roleKind, String role, String subject) {
        objects.put(
                RBAC,
                namespace.isEmpty() ? "clusterrolebindings" : "rolebindings",
                "{'metadata':{'name':'" + name + "','namespace':'" + namespace + "'},'roleRef':{'kind':'" + roleKind
                        + "','name':'" + role + "'},'subjects':[" + subject + "]}");
    }

    private Decision decide(UserInfo user, String verb, String namespace) {
        return authorizer.authorize(Attributes.resource(user, verb, "", "pods", "", namespace, ""));
    }

    @ParameterizedTest(name = "{0} ({1}) {2} in {3}: {4}")
    @CsvSource({
        "bob,   ops, list,   a,  true",
        "bob,   ops, list,   '', true",
        "bob,   ops, create, a,  false",
        "bob,   dev, list,   a,  false",
        "alice, dev, list,   a,  true",
        "alice, dev, list,   b,  false",
        "alice, dev, list,   '', false",
        "system:serviceaccount:a:ci, dev, create, a, true",
        "system:serviceaccount:b:ci, dev, create, a, false",
        "ci,    dev, create, a,  false",
        "mallory, dev, list, a,  false",
    })
    void bindings(String user, String group, String verb, String namespace, boolean allowed) {
        assertThat(decide(UserInfo.of(user, group), verb, namespace).allowed()).isEqualTo(allowed);
    }

    @Test
    void reasonNamesBindingRoleAndSubject() {
        assertThat(decide(UserInfo.of("bob", "ops"), "get", "").reason())
                .isEqualTo("RBAC: allowed by ClusterRoleBinding \"all\" of ClusterRole \"reader\" to Group \"ops\"");
        assertThat(decide(UserInfo.of("system:serviceaccount:a:ci"), "create", "a")
                        .reason())
                .isEqualTo("RBAC: allowed by RoleBinding \"write-a/a\" of Role \"writer\" to ServiceAccount \"ci/a\"");
    }

    @Test
    void anonymousMayOnlyAskWhatIsBound() {
        assertThat(authorizer
                        .authorize(Attributes.path(UserInfo.anonymous(), "get", "/version"))
                        .allowed())
                .isTrue();
        assertThat(authorizer
                        .authorize(Attributes.path(UserInfo.anonymous(), "get", "/metrics"))
                        .allowed())
                .isFalse();
        assertThat(decide(UserInfo.anonymous(), "list", "a").allowed()).isFalse();
    }

    @Test
    void changesTakeEffectAtOnceAndOnlyTheyAreParsed() {
        var bob = UserInfo.of("bob", "ops");
        assertThat(decide(bob, "list", "a").allowed()).isTrue();
        int parses = objects.parses();

        assertThat(decide(bob, "list", "a").allowed()).isTrue();
        assertThat(objects.parses()).isEqualTo(parses);

        objects.put(RBAC, "clusterroles", "{'metadata':{'name':'reader'},'rules':[]}");
        assertThat(decide(bob, "list", "a").allowed()).isFalse();
        assertThat(objects.parses()).isEqualTo(parses + 1);

        objects.remove(RBAC, "clusterrolebindings", "", "info");
        assertThat(authorizer
                        .authorize(Attributes.path(UserInfo.anonymous(), "get", "/version"))
                        .allowed())
                .isFalse();
        assertThat(objects.parses()).isEqualTo(parses + 1);
    }

    @Test
    void rulesOfAUserAreThoseOfAllItsBindings() {
        var rules = new RbacRules(objects);

        assertThat(rules.rulesFor(UserInfo.of("alice", "ops"), "a")).hasSize(2);
        assertThat(rules.rulesFor(UserInfo.of("alice", "ops"), "")).hasSize(1);
        assertThat(rules.rulesFor(UserInfo.of("nobody"), "a")).isEmpty();
    }
}
