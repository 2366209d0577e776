package io.kubespring.apiserver.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.json.Json;
import io.kubespring.kinds.rbac.PolicyRule;
import io.kubespring.kinds.rbac.RuleCoverage;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RoleTableTest {

    private static final List<BootstrapRole> ROLES = RoleTable.builtIn();

    private static BootstrapRole role(String name) {
        return ROLES.stream()
                .filter(each -> each.clusterRole() && each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean allows(String role, String verb, String group, String resource) {
        return RbacTrees.rulesOf(role(role), ROLES).stream()
                .anyMatch(rule -> rule.allowsResource(verb, group, resource, "", ""));
    }

    @Test
    void compactLinesBecomeRules() {
        List<BootstrapRole> parsed = RoleTable.parse("""
            # comment
            clusterrole a aggregate-to=view
              read core pods,services
              get,update apps deployments named x,y
              get urls /healthz
              bound user u
            role ns b
              binding-name other
              bound account ns sa
            """);

        assertThat(parsed.getFirst().rules())
                .containsExactly(
                        PolicyRule.resources(List.of("get", "list", "watch"), List.of(""), List.of("pods", "services")),
                        new PolicyRule(
                                List.of("get", "update"),
                                List.of("apps"),
                                List.of("deployments"),
                                List.of("x", "y"),
                                List.of()),
                        PolicyRule.paths(List.of("get"), List.of("/healthz")));
        assertThat(parsed.getFirst().aggregateTo()).isEqualTo("view");
        assertThat(parsed.get(1).namespace()).isEqualTo("ns");
        assertThat(parsed.get(1).bindingName()).isEqualTo("other");
        assertThatThrownBy(() -> RoleTable.parse("clusterrole a\n  get pods")).hasMessageContaining("not a rule");
        assertThatThrownBy(() -> RoleTable.parse("  get core pods")).hasMessageContaining("before any role");
    }

    @Test
    void tableHoldsUpstreamsRolesWithoutRepetition() {
        assertThat(ROLES.stream().map(BootstrapRole::name))
                .contains(
                        "cluster-admin",
                        "admin",
                        "edit",
                        "view",
                        "system:node",
                        "system:kube-scheduler",
                        "system:controller:deployment-controller",
                        "system:controller:generic-garbage-collector");
        assertThat(ROLES.stream().map(each -> each.namespace() + "/" + each.name()))
                .doesNotHaveDuplicates();
    }

    @Test
    void userFacingRolesGatherOneAnother() {
        assertThat(allows("view", "get", "", "pods")).isTrue();
        assertThat(allows("view", "get", "", "secrets")).isFalse();
        assertThat(allows("view", "create", "", "pods")).isFalse();
        assertThat(allows("edit", "get", "", "pods")).isTrue();
        assertThat(allows("edit", "create", "apps", "deployments")).isTrue();
        assertThat(allows("edit", "create", "rbac.authorization.k8s.io", "roles"))
                .isFalse();
        assertThat(allows("admin", "create", "rbac.authorization.k8s.io", "roles"))
                .isTrue();
        assertThat(allows("admin", "create", "apps", "deployments")).isTrue();
        assertThat(allows("admin", "get", "", "nodes")).isFalse();
        assertThat(RuleCoverage.uncovered(
                        RbacTrees.rulesOf(role("cluster-admin"), ROLES), RbacTrees.rulesOf(role("admin"), ROLES)))
                .isEmpty();
    }

    @Test
    void anonymousUsersAreBoundToPublicInformationOnly() {
        assertThat(ROLES.stream()
                        .filter(each -> each.subjects().stream()
                                .anyMatch(subject -> subject.name().equals("system:unauthenticated")
                                        || subject.name().equals("system:anonymous")))
                        .map(BootstrapRole::name))
                .containsExactly("system:public-info-viewer");
    }

    @Test
    void treesCarryBootstrapLabelAndAutoUpdate() {
        ObjectNode view = RbacTrees.role(role("view"), ROLES);

        assertThat(view.path("metadata").toString().toLowerCase(Locale.ROOT))
                .contains("\"kubernetes.io/bootstrapping\":\"rbac-defaults\"")
                .contains("\"rbac.authorization.k8s.io/aggregate-to-edit\":\"true\"")
                .contains("\"rbac.authorization.kubernetes.io/autoupdate\":\"true\"");
        assertThat(view.path("aggregationRule").toString())
                .isEqualTo("{\"clusterRoleSelectors\":[{\"matchLabels\":"
                        + "{\"rbac.authorization.k8s.io/aggregate-to-view\":\"true\"}}]}");
        assertThat(view.path("rules").size()).isPositive();
        assertThat(RbacTrees.binding(role("system:kube-scheduler"))
                        .path("subjects")
                        .toString())
                .isEqualTo(
                        "[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"User\",\"name\":\"system:kube-scheduler\"}]");
    }

    @Test
    void reconciliationAddsWhatIsMissingAndKeepsTheRest() {
        ObjectNode wanted = RbacTrees.role(role("system:kube-dns"), ROLES);
        ObjectNode stored = wanted.deepCopy();
        assertThat(RbacReconciliation.role(stored, wanted)).isNull();

        stored.set(
                "rules",
                Json.read("[{\"apiGroups\":[\"\"],\"resources\":[\"services\",\"nodes\"],\"verbs\":[\"list\"]}]"));
        ObjectNode next = RbacReconciliation.role(stored, wanted);

        assertThat(next).isNotNull();
        List<PolicyRule> rules = PolicyRule.parseAll(next == null ? Json.object() : next);
        assertThat(RuleCoverage.uncovered(rules, PolicyRule.parseAll(wanted))).isEmpty();
        assertThat(rules.getFirst().resources()).containsExactly("services", "nodes");
    }

    @Test
    void reconciliationRespectsTheAnnotation() {
        ObjectNode wanted = RbacTrees.binding(role("system:discovery"));
        ObjectNode stored = wanted.deepCopy();
        stored.remove("subjects");
        assertThat(RbacReconciliation.binding(stored, wanted)).isEqualTo(wanted);

        stored.withObjectProperty("metadata").withObjectProperty("annotations").put(RbacTrees.AUTO_UPDATE, "false");
        assertThat(RbacReconciliation.binding(stored, wanted)).isNull();
    }

    @Test
    void firstAddressOfTheServiceRange() {
        assertThat(new ClusterNetwork("10.0.0.1", 6443, "10.96.0.0/12").kubernetesServiceIp())
                .isEqualTo("10.96.0.1");
        assertThat(new ClusterNetwork("10.0.0.1", 6443, "10.96.3.7/16,fd00::/108").kubernetesServiceIp())
                .isEqualTo("10.96.0.1");
        assertThat(new ClusterNetwork("::1", 6443, "fd00:10:96::/112").kubernetesServiceIp())
                .isEqualTo("fd00:10:96::1");
        assertThatThrownBy(() -> new ClusterNetwork("10.0.0.1", 6443, "nonsense").kubernetesServiceIp())
                .hasMessageContaining("--service-cluster-ip-range");
    }
}
