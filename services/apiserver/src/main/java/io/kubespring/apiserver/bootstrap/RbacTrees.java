package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.authorization.rbac.RbacResources;
import io.kubespring.kinds.rbac.PolicyRule;
import io.kubespring.kinds.rbac.RoleAggregation;
import io.kubespring.kinds.rbac.Subject;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Built-in roles as API objects. An aggregating role is made with the rules it gathers from the same table. */
final class RbacTrees {

    static final String AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";
    private static final String AGGREGATE_LABEL = "rbac.authorization.k8s.io/aggregate-to-";

    private RbacTrees() {}

    static ObjectNode role(BootstrapRole role, List<BootstrapRole> all) {
        ObjectNode tree = object(role.clusterRole() ? "ClusterRole" : "Role", role.namespace(), role.name());
        if (!role.aggregateTo().isEmpty()) {
            tree.withObjectProperty("metadata")
                    .withObjectProperty("labels")
                    .put(AGGREGATE_LABEL + role.aggregateTo(), "true");
        }
        if (!role.aggregates().isEmpty()) {
            tree.putObject("aggregationRule")
                    .putArray("clusterRoleSelectors")
                    .addObject()
                    .putObject("matchLabels")
                    .put(AGGREGATE_LABEL + role.aggregates(), "true");
        }
        ArrayNode rules = tree.putArray("rules");
        rulesOf(role, all).forEach(rule -> rules.add(rule.toTree()));
        return tree;
    }

    /** What the role grants: its own rules, or those of the roles that it gathers, which may gather others. */
    static List<PolicyRule> rulesOf(BootstrapRole role, List<BootstrapRole> all) {
        if (role.aggregates().isEmpty()) {
            return role.rules();
        }
        var candidates = all.stream()
                .filter(each -> each.clusterRole() && !each.aggregateTo().isEmpty() && !each.equals(role))
                .map(each -> new RoleAggregation.Candidate(
                        each.name(),
                        Map.of("to", each.aggregateTo()),
                        each.aggregateTo().equals(role.aggregates()) ? rulesOf(each, all) : List.of()))
                .toList();
        return RoleAggregation.combine(
                role.name(), List.of(labels -> role.aggregates().equals(labels.get("to"))), candidates);
    }

    static ObjectNode binding(BootstrapRole role) {
        ObjectNode tree =
                object(role.clusterRole() ? "ClusterRoleBinding" : "RoleBinding", role.namespace(), role.bindingName());
        tree.putObject("roleRef")
                .put("apiGroup", RbacResources.GROUP)
                .put("kind", role.clusterRole() ? "ClusterRole" : "Role")
                .put("name", role.name());
        if (!role.subjects().isEmpty()) {
            ArrayNode subjects = tree.putArray("subjects");
            role.subjects().forEach(subject -> subjects.add(subject(subject)));
        }
        return tree;
    }

    private static ObjectNode subject(Subject subject) {
        return switch (subject.kind()) {
            case USER ->
                Json.object()
                        .put("apiGroup", RbacResources.GROUP)
                        .put("kind", "User")
                        .put("name", subject.name());
            case GROUP ->
                Json.object()
                        .put("apiGroup", RbacResources.GROUP)
                        .put("kind", "Group")
                        .put("name", subject.name());
            case SERVICE_ACCOUNT ->
                Json.object()
                        .put("kind", "ServiceAccount")
                        .put("name", subject.name())
                        .put("namespace", subject.namespace());
            case UNKNOWN -> throw new IllegalArgumentException("unknown subject " + subject);
        };
    }

    private static ObjectNode object(String kind, String namespace, String name) {
        ObjectNode tree =
                Json.object().put("apiVersion", RbacResources.GROUP + "/v1").put("kind", kind);
        ObjectNode metadata = tree.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
        metadata.putObject("annotations").put(AUTO_UPDATE, "true");
        return tree;
    }
}
