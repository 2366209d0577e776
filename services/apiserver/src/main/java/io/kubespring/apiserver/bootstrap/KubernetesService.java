package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.client.KubeClient;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Service {@code default/kubernetes}, through which pods reach this API server, and the Endpoints and EndpointSlice
 * behind it, which no controller keeps since the Service has no selector: every API server that keeps its lease is an
 * endpoint. A server that is only reachable on its own host has no endpoint: the API allows no loopback address there.
 */
final class KubernetesService implements BootstrapStep {

    private static final String NAMESPACE = "default";
    private static final String NAME = "kubernetes";

    private final ClusterNetwork network;
    private final ServerLeases servers;

    KubernetesService(ClusterNetwork network, ServerLeases servers) {
        this.network = network;
        this.servers = servers;
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
        if (!network.isLoopback() && servers.kept()) {
            servers.renew(network.advertiseAddress());
            write(client, servers.addresses());
        }
    }

    /** Takes this server out, unless it is the last. */
    void leave(KubeClient client) {
        if (network.isLoopback() || !servers.kept()) {
            return;
        }
        servers.remove(network.advertiseAddress());
        List<String> others = servers.addresses();
        if (!others.isEmpty()) {
            write(client, others);
        }
    }

    private void write(KubeClient client, List<String> addresses) {
        ObjectNode endpoints = endpoints(addresses);
        Ensure.upToDate(
                Ensure.in(client, Ensure.core("Endpoints", "endpoints", true), NAMESPACE),
                endpoints,
                Ensure.Change.edit(stored -> {
                    labels(stored).put("endpointslice.kubernetes.io/skip-mirror", "true");
                    return (ObjectNode) stored.set("subsets", endpoints.path("subsets"));
                }));
        ObjectNode wanted = slice(addresses);
        Ensure.upToDate(
                Ensure.in(client, Ensure.of("discovery.k8s.io", "EndpointSlice", "endpointslices", true), NAMESPACE),
                wanted,
                Ensure.Change.edit(stored -> {
                    labels(stored).put("kubernetes.io/service-name", NAME);
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

    private ObjectNode endpoints(List<String> servers) {
        ObjectNode endpoints = object("v1", "Endpoints");
        labels(endpoints).put("endpointslice.kubernetes.io/skip-mirror", "true");
        ObjectNode subset = endpoints.putArray("subsets").addObject();
        var addresses = subset.putArray("addresses");
        servers.forEach(each -> addresses.addObject().put("ip", each));
        subset.putArray("ports").add(port());
        return endpoints;
    }

    private ObjectNode slice(List<String> servers) {
        ObjectNode slice = object("discovery.k8s.io/v1", "EndpointSlice");
        labels(slice).put("kubernetes.io/service-name", NAME);
        slice.put("addressType", network.advertiseAddress().indexOf(':') >= 0 ? "IPv6" : "IPv4");
        var endpoints = slice.putArray("endpoints");
        for (String each : servers) {
            ObjectNode endpoint = endpoints.addObject();
            endpoint.putArray("addresses").add(each);
            endpoint.putObject("conditions").put("ready", true);
        }
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
        return object.withObjectProperty("metadata").withObjectProperty("labels");
    }
}
