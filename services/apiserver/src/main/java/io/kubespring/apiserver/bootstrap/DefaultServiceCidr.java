package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.client.KubeClient;
import tools.jackson.databind.node.ObjectNode;

/** The ServiceCIDR {@code kubernetes}, which shows the configured range of cluster IPs (KEP 1880). */
final class DefaultServiceCidr implements BootstrapStep {

    private final ClusterNetwork network;

    DefaultServiceCidr(ClusterNetwork network) {
        this.network = network;
    }

    @Override
    public String name() {
        return "start-kubernetes-service-cidr-controller";
    }

    @Override
    public void run(KubeClient client) {
        ObjectNode range =
                Json.object().put("apiVersion", "networking.k8s.io/v1").put("kind", "ServiceCIDR");
        range.putObject("metadata").put("name", "kubernetes");
        var cidrs = range.putObject("spec").putArray("cidrs");
        for (String each : network.serviceRange().split(",")) {
            cidrs.add(each.strip());
        }
        Ensure.exists(client.trees(Ensure.of("networking.k8s.io", "ServiceCIDR", "servicecidrs", false)), range);
    }
}
