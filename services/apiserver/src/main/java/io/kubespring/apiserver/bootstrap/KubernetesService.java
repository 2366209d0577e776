package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.client.KubeClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Service {@code default/kubernetes}, through which pods reach this API server, and the Endpoints and EndpointSlice
 * behind it, which no controller keeps since the Service has no selector. One API server is assumed: its address is the
 * only endpoint. A server that is only reachable on its own host has no endpoint: the API allows no loopback address there.
 */
final class KubernetesService implements BootstrapStep {

    private static final String NAMESPACE = "default";
    private static final String NAME = "kubernetes";

    private final ClusterNetwork network;

    KubernetesService(ClusterNetwork network) {
        this.network = network;
    }

    @Override
    public String name() {
        return "bootstrap-controller";
    }

    @Override
    public void run(KubeClient client) {
        Ensure.upToDate(
                Ensure.in(client, Ensure.core("Service", "services", true), NAMESPACE),
                service(),
                Ensure.Change.edit(stored -> {
                    ObjectNode spec = stored.withObjectProperty("spec");
                    if (!spec.path("ports").path(0).path("targetPort").equals(targetPort())) {
                        spec.set("ports", service().path("spec").path("ports"));
                    }
                    return stored;
                }));
        if (network.isLoopback()) {
            return;
        }
        Ensure.upToDate(
                Ensure.in(client, Ensure.core("Endpoints", "endpoints", true), NAMESPACE),
                endpoints(),
                Ensure.Change.edit(
                        stored -> (ObjectNode) stored.set("subsets", endpoints().path("subsets"))));
        ObjectNode wanted = slice();
        Ensure.upToDate(
                Ensure.in(client, Ensure.of("discovery.k8s.io", "EndpointSlice", "endpointslices", true), NAMESPACE),
                wanted,
                Ensure.Change.edit(stored -> {
                    stored.set("endpoints", wanted.path("endpoints"));
                    return (ObjectNode) stored.set("ports", wanted.path("ports"));
                }));
    }

    private JsonNode targetPort() {
        return Json.object().numberNode(network.securePort());
    }

    private ObjectNode service() {
        ObjectNode service = object("v1", "Service");
        labels(service).put("component", "apiserver").put("provider", "kubernetes");
        ObjectNode spec = service.putObject("spec");
        spec.put("clusterIP", network.kubernetesServiceIp())
                .put("type", "ClusterIP")
                .put("sessionAffinity", "None");
        spec.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("protocol", "TCP")
                .put("port", 443)
                .put("targetPort", network.securePort());
        return service;
    }

    private ObjectNode endpoints() {
        ObjectNode endpoints = object("v1", "Endpoints");
        labels(endpoints).put("endpointslice.kubernetes.io/skip-mirror", "true");
        ObjectNode subset = endpoints.putArray("subsets").addObject();
        subset.putArray("addresses").addObject().put("ip", network.advertiseAddress());
        subset.putArray("ports").add(port());
        return endpoints;
    }

    private ObjectNode slice() {
        ObjectNode slice = object("discovery.k8s.io/v1", "EndpointSlice");
        labels(slice).put("kubernetes.io/service-name", NAME);
        slice.put("addressType", network.advertiseAddress().indexOf(':') >= 0 ? "IPv6" : "IPv4");
        ObjectNode endpoint = slice.putArray("endpoints").addObject();
        endpoint.putArray("addresses").add(network.advertiseAddress());
        endpoint.putObject("conditions").put("ready", true);
        slice.putArray("ports").add(port());
        return slice;
    }

    private ObjectNode port() {
        return Json.object()
                .put("name", "https")
                .put("port", network.securePort())
                .put("protocol", "TCP");
    }

    private static ObjectNode object(String apiVersion, String kind) {
        ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata").put("name", NAME).put("namespace", NAMESPACE);
        return object;
    }

    private static ObjectNode labels(ObjectNode object) {
        return object.withObjectProperty("metadata").putObject("labels");
    }
}
