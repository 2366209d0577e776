package io.kubespring.apiserver.authorization.rbac;

import io.kubespring.api.GroupResource;

/** The four resources of RBAC. */
public final class RbacResources {

    public static final String GROUP = "rbac.authorization.k8s.io";
    public static final GroupResource CLUSTER_ROLES = new GroupResource(GROUP, "clusterroles");
    public static final GroupResource CLUSTER_ROLE_BINDINGS = new GroupResource(GROUP, "clusterrolebindings");
    public static final GroupResource ROLES = new GroupResource(GROUP, "roles");
    public static final GroupResource ROLE_BINDINGS = new GroupResource(GROUP, "rolebindings");

    private RbacResources() {}
}
