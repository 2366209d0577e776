package io.kubespring.apiserver.authorization.rbac;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.kinds.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rules apply to whom, as the cluster's RBAC objects say now. Parsed objects are kept from call to call and only
 * what changed is parsed again, so asking costs microseconds.
 */
public final class RbacRules {

    private final ObjectSource source;
    private final Object refreshing = new Object();
    private volatile RbacView view = RbacView.empty();

    public RbacRules(ObjectSource source) {
        this.source = source;
    }

    RbacView view() {
        RbacView known = view;
        if (known.isCurrent(source)) {
            return known;
        }
        synchronized (refreshing) {
            RbacView latest = view;
            if (!latest.isCurrent(source)) {
                latest = latest.refreshed(source);
                view = latest;
            }
            return latest;
        }
    }

    /** All rules that a user holds in a namespace, its cluster-wide ones included; empty namespace: only those. */
    public List<PolicyRule> rulesFor(UserInfo user, String namespace) {
        RbacView now = view();
        var rules = new ArrayList<PolicyRule>();
        now.clusterBindings().any("", user, match -> addAll(rules, now.rulesOf(match.binding())));
        if (!namespace.isEmpty()) {
            now.bindings().any(namespace, user, match -> addAll(rules, now.rulesOf(match.binding())));
        }
        return rules;
    }

    private static boolean addAll(List<PolicyRule> rules, @Nullable List<PolicyRule> more) {
        if (more != null) {
            rules.addAll(more);
        }
        return false;
    }

    /** The rules of one role, or null if it does not exist. */
    public @Nullable List<PolicyRule> rulesOfRole(boolean clusterRole, String namespace, String name) {
        return view().rulesOf(clusterRole, clusterRole ? "" : namespace, name);
    }
}
