package io.kubespring.apiserver.streaming;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the kubelet of a node listens, by its Node object ({@code --kubelet-preferred-address-types}). */
public final class KubeletEndpoints {

    private static final GroupResource NODES = new GroupResource("", "nodes");
    private static final int DEFAULT_PORT = 10250;

    private final ObjectSource objects;
    private final List<String> preferred;

    /** @param preferred types of addresses, the best first */
    public KubeletEndpoints(ObjectSource objects, List<String> preferred) {
        this.objects = objects;
        this.preferred = List.copyOf(preferred);
    }

    /** @throws StatusException 404 for an unknown node, 500 for one without an address */
    public KubeletEndpoint of(String node) {
        var item = objects.get(NODES, "", node);
        if (item == null) {
            throw StatusException.notFound(NODES, node);
        }
        ObjectNode status = item.tree().get("status") instanceof ObjectNode found ? found : item.tree();
        int port = status.path("daemonEndpoints")
                .path("kubeletEndpoint")
                .path("Port")
                .asInt(DEFAULT_PORT);
        for (String type : preferred) {
            for (JsonNode address : status.path("addresses")) {
                if (address.path("type").asString("").equals(type)) {
                    return new KubeletEndpoint(address.path("address").asString(""), port == 0 ? DEFAULT_PORT : port);
                }
            }
        }
        throw new StatusException(
                StatusReason.UNKNOWN, "no preferred addresses found; known addresses: " + known(status));
    }

    /** As Go prints a list of pairs: "[{Hostname n1} {InternalIP 10.0.0.7}]". */
    private static String known(ObjectNode status) {
        var text = new StringJoiner(" ", "[", "]");
        for (JsonNode address : status.path("addresses")) {
            text.add("{" + address.path("type").asString("") + " "
                    + address.path("address").asString("") + "}");
        }
        return text.toString();
    }
}
