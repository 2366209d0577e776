package io.kubespring.apiserver.authorization.rbac;

import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.kinds.rbac.PolicyRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * "Using RBAC Authorization": allows what a rule of a bound role allows, has no opinion about the rest. It never denies.
 */
public final class RbacAuthorizer implements Authorizer {

    private final RbacRules rules;

    public RbacAuthorizer(RbacRules rules) {
        this.rules = rules;
    }

    @Override
    public Decision authorize(Attributes attributes) {
        RbacView view = rules.view();
        var granted = new Grant(view, attributes);
        boolean allowed = view.clusterBindings().any("", attributes.user(), granted::test)
                || attributes.resourceRequest()
                        && !attributes.namespace().isEmpty()
                        && view.bindings().any(attributes.namespace(), attributes.user(), granted::test);
        BindingIndex.Match by = granted.by;
        if (!allowed || by == null) {
            return Decision.NO_OPINION;
        }
        return Decision.allow("RBAC: allowed by " + by.binding().describe() + " of "
                + by.binding().describeRole() + " to " + by.subject());
    }

    /** Looks for the first binding that allows the request, and remembers it. */
    private static final class Grant {
        private final RbacView view;
        private final Attributes asked;
        private BindingIndex.@Nullable Match by;

        Grant(RbacView view, Attributes asked) {
            this.view = view;
            this.asked = asked;
        }

        boolean test(BindingIndex.Match match) {
            List<PolicyRule> rules = view.rulesOf(match.binding());
            if (rules == null) {
                return false;
            }
            for (PolicyRule rule : rules) {
                if (allows(rule)) {
                    by = match;
                    return true;
                }
            }
            return false;
        }

        private boolean allows(PolicyRule rule) {
            return asked.resourceRequest()
                    ? rule.allowsResource(
                            asked.verb(), asked.apiGroup(), asked.resource(), asked.subresource(), asked.name())
                    : rule.allowsPath(asked.verb(), asked.path());
        }
    }
}
