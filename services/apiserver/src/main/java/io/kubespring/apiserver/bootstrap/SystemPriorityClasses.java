package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.client.KubeClient;
import tools.jackson.databind.node.ObjectNode;

/** The two priority classes above all that users may make. */
final class SystemPriorityClasses implements BootstrapStep {

    @Override
    public String name() {
        return "scheduling/bootstrap-system-priority-classes";
    }

    @Override
    public void run(KubeClient client) {
        var classes = client.trees(Ensure.of("scheduling.k8s.io", "PriorityClass", "priorityclasses", false));
        Ensure.exists(
                classes,
                priorityClass(
                        "system-node-critical",
                        2_000_001_000,
                        "Used for system critical pods that must not be moved from their current node."));
        Ensure.exists(
                classes,
                priorityClass(
                        "system-cluster-critical",
                        2_000_000_000,
                        "Used for system critical pods that must run in the cluster, but can be moved to another node"
                                + " if necessary."));
    }

    private static ObjectNode priorityClass(String name, int value, String description) {
        ObjectNode tree =
                Json.object().put("apiVersion", "scheduling.k8s.io/v1").put("kind", "PriorityClass");
        tree.putObject("metadata").put("name", name);
        return tree.put("value", value).put("description", description).put("preemptionPolicy", "PreemptLowerPriority");
    }
}
