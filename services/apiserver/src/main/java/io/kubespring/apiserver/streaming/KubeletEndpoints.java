package io.kubespring.apiserver.streaming;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the kubelet of a node listens, by its Node object ({@code --kubelet-preferred-address-types}). */
final class KubeletEndpoints {

    private static final GroupResource NODES = new GroupResource("", "nodes");
    private static final List<String> PREFERRED =
            List.of("InternalIP", "ExternalIP", "Hostname", "InternalDNS", "ExternalDNS");
    private static final int DEFAULT_PORT = 10250;

    private final ObjectSource objects;

    KubeletEndpoints(ObjectSource objects) {
        this.objects = objects;
    }

    /** "10.0.0.7:10250"; 404 for an unknown node, 500 for one without an address. */
    String authority(String node) {
        var item = objects.get(NODES, "", node);
        if (item == null) {
            throw StatusException.notFound(NODES, node);
        }
        ObjectNode status = item.tree().get("status") instanceof ObjectNode found ? found : item.tree();
        int port = status.path("daemonEndpoints")
                .path("kubeletEndpoint")
                .path("Port")
                .asInt(DEFAULT_PORT);
        for (String type : PREFERRED) {
            for (JsonNode address : status.path("addresses")) {
                if (address.path("type").asString("").equals(type)) {
                    String host = address.path("address").asString("");
                    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + (port == 0 ? DEFAULT_PORT : port);
                }
            }
        }
        throw StatusException.internal("no preferred addresses found; known addresses: []");
    }
}
