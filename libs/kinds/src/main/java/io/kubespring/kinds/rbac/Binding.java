package io.kubespring.kinds.rbac;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A RoleBinding or ClusterRoleBinding.
 *
 * @param namespace empty for a ClusterRoleBinding
 * @param clusterRole whether the role it refers to is a ClusterRole; else a Role in the same namespace
 */
public record Binding(String namespace, String name, boolean clusterRole, String roleName, List<Subject> subjects) {

    public static Binding parse(JsonNode binding) {
        String namespace = JsonStrings.text(binding.path("metadata"), "namespace");
        var subjects = new ArrayList<Subject>();
        for (JsonNode subject : binding.path("subjects")) {
            subjects.add(Subject.parse(subject, namespace));
        }
        JsonNode role = binding.path("roleRef");
        return new Binding(
                namespace,
                JsonStrings.text(binding.path("metadata"), "name"),
                JsonStrings.text(role, "kind").equals("ClusterRole"),
                JsonStrings.text(role, "name"),
                List.copyOf(subjects));
    }

    /** As upstream names it in a decision's reason: {@code ClusterRoleBinding "x"}, {@code RoleBinding "x/ns"}. */
    public String describe() {
        return namespace.isEmpty()
                ? "ClusterRoleBinding \"" + name + "\""
                : "RoleBinding \"" + name + "/" + namespace + "\"";
    }

    /** {@code ClusterRole "x"} or {@code Role "x"}. */
    public String describeRole() {
        return (clusterRole ? "ClusterRole \"" : "Role \"") + roleName + "\"";
    }
}
