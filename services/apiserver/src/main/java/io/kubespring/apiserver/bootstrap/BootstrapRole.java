package io.kubespring.apiserver.bootstrap;

import io.kubespring.kinds.rbac.PolicyRule;
import io.kubespring.kinds.rbac.Subject;
import java.util.List;

/**
 * A role of the built-in table, and whom it is bound to.
 *
 * @param namespace empty for a ClusterRole
 * @param aggregates the suffix of the label whose roles it gathers ("view"); empty for a role with rules of its own
 * @param aggregateTo the suffix of the label under which it is gathered; empty if it is not
 * @param rules empty for an aggregating role
 * @param bound whether there is a binding; it may have no subjects, for somebody to fill
 * @param bindingName of the binding to {@code subjects}
 */
public record BootstrapRole(
        String namespace,
        String name,
        String aggregates,
        String aggregateTo,
        List<PolicyRule> rules,
        boolean bound,
        String bindingName,
        List<Subject> subjects) {

    public boolean clusterRole() {
        return namespace.isEmpty();
    }
}
