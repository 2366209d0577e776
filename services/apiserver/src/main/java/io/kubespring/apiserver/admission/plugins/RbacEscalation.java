package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.rbac.MissingRules;
import io.kubespring.apiserver.authorization.rbac.RbacResources;
import io.kubespring.apiserver.authorization.rbac.RbacRules;
import io.kubespring.kinds.rbac.Binding;
import io.kubespring.kinds.rbac.PolicyRule;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Privilege escalation prevention and bootstrapping": nobody writes a role that grants more than they hold, or binds one,
 * unless they may "escalate" or "bind" it. Not one of upstream's plugins (there it is part of the storage of roles), so it
 * cannot be switched off.
 */
final class RbacEscalation implements AdmissionPlugin {

    private static final Set<GroupResource> RESOURCES = Set.of(
            RbacResources.ROLES,
            RbacResources.CLUSTER_ROLES,
            RbacResources.ROLE_BINDINGS,
            RbacResources.CLUSTER_ROLE_BINDINGS);
    private static final PolicyRule EVERYTHING = PolicyRule.resources(List.of("*"), List.of("*"), List.of("*"));
    private static final PolicyRule EVERY_PATH = PolicyRule.paths(List.of("*"), List.of("*"));

    private final RbacRules rules;
    private final Authorizer authorizer;

    RbacEscalation(RbacRules rules, Authorizer authorizer) {
        this.rules = rules;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "kubespring.io/RBACEscalation";
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        return RESOURCES.contains(attributes.resource())
                && (attributes.operation() == Operation.CREATE || attributes.operation() == Operation.UPDATE)
                && !attributes.user().inGroup(UserInfo.MASTERS_GROUP);
    }

    @Override
    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        if (object == null || old != null && onlyCollectsGarbage(object, old)) {
            return;
        }
        boolean role = attributes.resource().equals(RbacResources.ROLES)
                || attributes.resource().equals(RbacResources.CLUSTER_ROLES);
        if (role) {
            role(attributes, object, old);
        } else {
            binding(attributes, object);
        }
    }

    private void role(AdmissionAttributes attributes, ObjectNode role, @Nullable ObjectNode old) {
        if (may(attributes, "escalate", attributes.resource().resource(), Trees.text(role.path("metadata"), "name"))) {
            return;
        }
        boolean aggregates = role.has("aggregationRule")
                && (old == null || !role.path("aggregationRule").equals(old.path("aggregationRule")));
        if (aggregates && !missing(attributes, List.of(EVERYTHING, EVERY_PATH)).isEmpty()) {
            throw Refusal.of(attributes, "must have cluster-admin privileges to use the aggregationRule");
        }
        refuseUnlessHeld(attributes, PolicyRule.parseAll(role));
    }

    private void binding(AdmissionAttributes attributes, ObjectNode object) {
        Binding binding = Binding.parse(object);
        GroupResource resource = binding.clusterRole() ? RbacResources.CLUSTER_ROLES : RbacResources.ROLES;
        if (may(attributes, "bind", resource.resource(), binding.roleName())) {
            return;
        }
        List<PolicyRule> granted = rules.rulesOfRole(binding.clusterRole(), attributes.namespace(), binding.roleName());
        if (granted == null) {
            throw StatusException.notFound(resource, binding.roleName());
        }
        refuseUnlessHeld(attributes, granted);
    }

    private boolean may(AdmissionAttributes attributes, String verb, String resource, String name) {
        return authorizer
                .authorize(Attributes.resource(
                        attributes.user(), verb, RbacResources.GROUP, resource, "", attributes.namespace(), name))
                .allowed();
    }

    private List<PolicyRule> missing(AdmissionAttributes attributes, List<PolicyRule> granted) {
        return MissingRules.of(rules.rulesFor(attributes.user(), attributes.namespace()), granted);
    }

    private void refuseUnlessHeld(AdmissionAttributes attributes, List<PolicyRule> granted) {
        List<PolicyRule> missing = missing(attributes, granted);
        if (!missing.isEmpty()) {
            throw Refusal.of(attributes, MissingRules.message(attributes.user(), missing));
        }
    }

    /** Controllers may take away references and finalizers of roles that they could not write themselves. */
    private static boolean onlyCollectsGarbage(ObjectNode object, ObjectNode old) {
        return withoutBookkeeping(object).equals(withoutBookkeeping(old));
    }

    private static ObjectNode withoutBookkeeping(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.withObjectProperty("metadata")
                .remove(List.of("ownerReferences", "finalizers", "managedFields", "resourceVersion"));
        return copy;
    }
}
