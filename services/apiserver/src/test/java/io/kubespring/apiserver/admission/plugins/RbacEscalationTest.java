package io.kubespring.apiserver.admission.plugins;

import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.ALICE;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.json;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.writing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.FakeObjects;
import io.kubespring.apiserver.authorization.rbac.RbacAuthorizer;
import io.kubespring.apiserver.authorization.rbac.RbacResources;
import io.kubespring.apiserver.authorization.rbac.RbacRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RbacEscalationTest {

    private static final String PODS = "{'apiGroups':[''],'resources':['pods'],'verbs':['get','list']}";
    private static final String NODES = "{'apiGroups':[''],'resources':['nodes'],'verbs':['get']}";

    private final FakeObjects objects = new FakeObjects();
    private final RbacRules rules = new RbacRules(objects);
    private final RbacEscalation plugin = new RbacEscalation(rules, new RbacAuthorizer(rules));

    private void holds(String rule) {
        objects.put(RbacResources.GROUP, "clusterroles", "{'metadata':{'name':'held'},'rules':[" + rule + "]}")
                .put(
                        RbacResources.GROUP,
                        "clusterrolebindings",
                        "{'metadata':{'name':'held'},'roleRef':{'kind':'ClusterRole','name':'held'},"
                                + "'subjects':[{'kind':'User','name':'alice'}]}");
    }

    private void write(String resource, String object, @Nullable String old) {
        var attributes = writing(
                old == null ? Operation.CREATE : Operation.UPDATE,
                resource + "." + RbacResources.GROUP,
                resource.startsWith("cluster") ? "" : "a",
                "x",
                ALICE);
        plugin.validate(attributes, json(object), old == null ? null : json(old));
    }

    private static String role(String rule) {
        return "{'metadata':{'name':'x'},'rules':[" + rule + "]}";
    }

    private static String binding(String role) {
        return "{'metadata':{'name':'x','namespace':'a'},'roleRef':{'kind':'ClusterRole','name':'" + role
                + "'},'subjects':[]}";
    }

    @Test
    void whatIsHeldMayBeGranted() {
        holds(PODS);

        assertThatCode(() -> write("roles", role(PODS), null)).doesNotThrowAnyException();
        assertThatThrownBy(() -> write("clusterroles", role(NODES), null))
                .hasMessage("clusterroles.rbac.authorization.k8s.io \"x\" is forbidden: user \"alice\""
                        + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not currently"
                        + " held:\n{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\"]}");
    }

    @Test
    void escalateVerbIsEnoughForRolesAndBindVerbForBindings() {
        objects.put(RbacResources.GROUP, "clusterroles", "{'metadata':{'name':'big'},'rules':[" + NODES + "]}");
        assertThatThrownBy(() -> write("rolebindings", binding("big"), null))
                .hasMessageContaining("not currently held");

        holds("{'apiGroups':['rbac.authorization.k8s.io'],'resources':['roles','clusterroles'],"
                + "'resourceNames':['x','big'],'verbs':['escalate','bind']}");

        assertThatCode(() -> write("roles", role(NODES), null)).doesNotThrowAnyException();
        assertThatCode(() -> write("rolebindings", binding("big"), null)).doesNotThrowAnyException();
    }

    @Test
    void bindingNeedsTheRolesRulesAndTheRole() {
        holds(PODS);

        assertThatCode(() -> write("rolebindings", binding("held"), null)).doesNotThrowAnyException();
        assertThatThrownBy(() -> write("rolebindings", binding("missing"), null))
                .hasMessage("clusterroles.rbac.authorization.k8s.io \"missing\" not found");
    }

    @Test
    void aggregationNeedsEverything() {
        holds(PODS);

        assertThatThrownBy(() -> write(
                        "clusterroles",
                        "{'metadata':{'name':'x'},'aggregationRule':{'clusterRoleSelectors':[]}}",
                        null))
                .hasMessageContaining("must have cluster-admin privileges to use the aggregationRule");
    }

    @Test
    void garbageCollectionOfARoleIsNoGrant() {
        String before = "{'metadata':{'name':'x','ownerReferences':[{'name':'o'}]},'rules':[" + NODES + "]}";

        assertThatCode(() -> write("roles", role(NODES), before)).doesNotThrowAnyException();
        assertThatThrownBy(() -> write("roles", role(NODES), role(PODS))).hasMessageContaining("not currently held");
    }

    @Test
    void mastersAreNotAsked() {
        ObjectNode any = json(role(NODES));
        var attributes = writing(
                Operation.CREATE,
                "roles." + RbacResources.GROUP,
                "a",
                "x",
                UserInfo.of("root", UserInfo.MASTERS_GROUP));

        assertThat(plugin.handles(attributes)).isFalse();
        assertThat(any.isEmpty()).isFalse();
    }
}
