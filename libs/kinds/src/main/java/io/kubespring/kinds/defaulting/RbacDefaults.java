package io.kubespring.kinds.defaulting;

import tools.jackson.databind.node.ObjectNode;

/** RoleBinding and ClusterRoleBinding. */
final class RbacDefaults {

    private static final String GROUP = "rbac.authorization.k8s.io";

    private RbacDefaults() {}

    static void binding(ObjectNode binding) {
        Absent.text(Absent.object(binding, "roleRef"), "apiGroup", GROUP);
        for (ObjectNode subject : Absent.each(binding, "subjects")) {
            switch (Absent.textOf(subject, "kind")) {
                case "User", "Group" -> Absent.text(subject, "apiGroup", GROUP);
                default -> {}
            }
        }
    }
}
