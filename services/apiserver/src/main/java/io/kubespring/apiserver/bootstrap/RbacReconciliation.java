package io.kubespring.apiserver.bootstrap;

import io.kubespring.kinds.rbac.Binding;
import io.kubespring.kinds.rbac.PolicyRule;
import io.kubespring.kinds.rbac.RuleCoverage;
import io.kubespring.kinds.rbac.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Auto-reconciliation": what must be added to a stored role or binding so that it grants at least what the built-in one
 * does. Nothing is ever taken away, and an object whose autoupdate annotation is "false" stays as it is.
 */
final class RbacReconciliation {

    private RbacReconciliation() {}

    /** @return the role to store instead of {@code stored}, or null if that will do */
    static @Nullable ObjectNode role(ObjectNode stored, ObjectNode wanted) {
        if (isProtected(stored)) {
            return null;
        }
        ObjectNode next = stored.deepCopy();
        boolean changed = addMissingMetadata(next, wanted);
        List<PolicyRule> missing = RuleCoverage.uncovered(PolicyRule.parseAll(stored), PolicyRule.parseAll(wanted));
        if (!missing.isEmpty()) {
            changed = true;
            var rules = next.withArrayProperty("rules");
            missing.forEach(rule -> rules.add(rule.toTree()));
        }
        if (wanted.has("aggregationRule") && !stored.has("aggregationRule")) {
            changed = true;
            next.set("aggregationRule", wanted.path("aggregationRule"));
        }
        return changed ? next : null;
    }

    /** @return the binding to store instead of {@code stored}, or null if that will do */
    static @Nullable ObjectNode binding(ObjectNode stored, ObjectNode wanted) {
        if (isProtected(stored)) {
            return null;
        }
        ObjectNode next = stored.deepCopy();
        boolean changed = addMissingMetadata(next, wanted);
        List<Subject> known = Binding.parse(stored).subjects();
        for (JsonNode subject : wanted.path("subjects")) {
            if (!known.contains(Subject.parse(subject, ""))) {
                changed = true;
                next.withArrayProperty("subjects").add(subject);
            }
        }
        return changed ? next : null;
    }

    /** Whether the stored binding points to another role, which only a new binding can change. */
    static boolean bindsAnotherRole(ObjectNode stored, ObjectNode wanted) {
        Binding before = Binding.parse(stored);
        Binding after = Binding.parse(wanted);
        return !isProtected(stored)
                && (before.clusterRole() != after.clusterRole()
                        || !before.roleName().equals(after.roleName()));
    }

    private static boolean isProtected(ObjectNode stored) {
        return stored.path("metadata")
                .path("annotations")
                .path(RbacTrees.AUTO_UPDATE)
                .asString("")
                .equals("false");
    }

    private static boolean addMissingMetadata(ObjectNode next, ObjectNode wanted) {
        boolean changed = false;
        for (String map : List.of("labels", "annotations")) {
            for (var entry : wanted.path("metadata").path(map).properties()) {
                ObjectNode present = next.withObjectProperty("metadata").withObjectProperty(map);
                if (!present.has(entry.getKey())) {
                    changed = true;
                    present.set(entry.getKey(), entry.getValue());
                }
            }
        }
        return changed;
    }
}
