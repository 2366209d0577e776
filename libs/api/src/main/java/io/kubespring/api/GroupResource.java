package io.kubespring.api;

/**
 * Names a resource (plural, lower case) independent of its version.
 *
 * @param group empty for the core group
 */
public record GroupResource(String group, String resource) {

    /** As upstream prints it in errors and metrics: "pods", "deployments.apps". */
    @Override
    public String toString() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
