package io.kubespring.apiserver.authorization.rbac;

import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.authorization.ParsedObjects;
import io.kubespring.kinds.rbac.Binding;
import io.kubespring.kinds.rbac.PolicyRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All RBAC objects in parsed form at one moment. Immutable. */
final class RbacView {

    private final ParsedObjects<List<PolicyRule>> clusterRoles;
    private final ParsedObjects<List<PolicyRule>> roles;
    private final ParsedObjects<Binding> clusterBindings;
    private final ParsedObjects<Binding> bindings;
    private final BindingIndex clusterIndex;
    private final BindingIndex index;

    private RbacView(
            ParsedObjects<List<PolicyRule>> clusterRoles,
            ParsedObjects<List<PolicyRule>> roles,
            ParsedObjects<Binding> clusterBindings,
            ParsedObjects<Binding> bindings,
            BindingIndex clusterIndex,
            BindingIndex index) {
        this.clusterRoles = clusterRoles;
        this.roles = roles;
        this.clusterBindings = clusterBindings;
        this.bindings = bindings;
        this.clusterIndex = clusterIndex;
        this.index = index;
    }

    static RbacView empty() {
        return new RbacView(
                ParsedObjects.none(RbacResources.CLUSTER_ROLES, null, PolicyRule::parseAll),
                ParsedObjects.none(RbacResources.ROLES, null, PolicyRule::parseAll),
                ParsedObjects.none(RbacResources.CLUSTER_ROLE_BINDINGS, null, Binding::parse),
                ParsedObjects.none(RbacResources.ROLE_BINDINGS, null, Binding::parse),
                new BindingIndex(List.of()),
                new BindingIndex(List.of()));
    }

    boolean isCurrent(ObjectSource source) {
        return clusterRoles.isCurrent(source)
                && roles.isCurrent(source)
                && clusterBindings.isCurrent(source)
                && bindings.isCurrent(source);
    }

    RbacView refreshed(ObjectSource source) {
        var nextClusterBindings = clusterBindings.refreshed(source);
        var nextBindings = bindings.refreshed(source);
        return new RbacView(
                clusterRoles.refreshed(source),
                roles.refreshed(source),
                nextClusterBindings,
                nextBindings,
                nextClusterBindings == clusterBindings ? clusterIndex : new BindingIndex(nextClusterBindings.values()),
                nextBindings == bindings ? index : new BindingIndex(nextBindings.values()));
    }

    BindingIndex clusterBindings() {
        return clusterIndex;
    }

    BindingIndex bindings() {
        return index;
    }

    /** Null if the role does not exist. */
    @Nullable
    List<PolicyRule> rulesOf(Binding binding) {
        return rulesOf(binding.clusterRole(), binding.namespace(), binding.roleName());
    }

    @Nullable
    List<PolicyRule> rulesOf(boolean clusterRole, String namespace, String name) {
        return clusterRole ? clusterRoles.get("", name) : roles.get(namespace, name);
    }
}
