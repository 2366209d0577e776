package io.kubespring.controllers.roleaggregation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.kubespring.controllers.support.ControllersFixture;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RoleAggregationControllerTest {

    private final ControllersFixture fixture = new ControllersFixture().start(RoleAggregationController::register);

    private void put(ClusterRole role) {
        fixture.simulation().api().put(role);
        fixture.settle();
    }

    private static ClusterRole part(String name, String resource, String label) {
        return new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(label, "true")
                .endMetadata()
                .addToRules(new PolicyRuleBuilder()
                        .withApiGroups("")
                        .withResources(resource)
                        .withVerbs("get")
                        .build())
                .build();
    }

    private static ClusterRole aggregated(String name, String from, String label) {
        return new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(label, "true")
                .endMetadata()
                .withNewAggregationRule()
                .withClusterRoleSelectors(new LabelSelectorBuilder()
                        .addToMatchLabels(from, "true")
                        .build())
                .endAggregationRule()
                .build();
    }

    private List<String> resources(String role) {
        return Objects.requireNonNull(fixture.simulation().find(ClusterRole.class, "", role)).getRules().stream()
                .flatMap(rule -> rule.getResources().stream())
                .toList();
    }

    @Test
    void rulesFollowTheSelectedRolesAlsoThroughOtherAggregatedRoles() {
        put(aggregated("view", "to-view", "to-edit"));
        put(aggregated("edit", "to-edit", "none"));
        put(part("b", "pods", "to-view"));
        put(part("a", "services", "to-view"));
        put(part("z", "secrets", "to-edit"));

        assertThat(resources("view")).containsExactly("services", "pods");
        assertThat(resources("edit")).containsExactly("services", "pods", "secrets");
    }

    @Test
    void roleThatLosesItsLabelIsTakenOut() {
        put(aggregated("view", "to-view", "none"));
        put(part("a", "services", "to-view"));
        assertThat(resources("view")).containsExactly("services");

        put(part("a", "services", "elsewhere"));

        assertThat(resources("view")).isEmpty();
    }
}
