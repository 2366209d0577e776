package io.kubespring.kinds.validation.pod;

/**
 * Whose spec is validated: some rules bind Pods only, and claims of ephemeral volumes are named after the Pod.
 *
 * @param pod false for the template of a workload
 * @param name of the Pod; empty for a template
 */
record Owner(boolean pod, String name) {

    static final Owner TEMPLATE = new Owner(false, "");
}
