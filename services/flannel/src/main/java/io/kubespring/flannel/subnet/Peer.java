package io.kubespring.flannel.subnet;

import io.fabric8.kubernetes.api.model.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Another node that takes part.
 *
 * @param backendData what its backend says about itself, as JSON
 */
public record Peer(String node, Ipv4Range subnet, String publicIp, String backendData) {

    /**
     * What a node says of itself, or null where it does not take part (yet) or what it says cannot be true: a range outside
     * the network would draw traffic that is not its.
     */
    public static @Nullable Peer of(Node node, Ipv4Range network, String backendType) {
        Map<String, String> annotations = annotations(node);
        Ipv4Range subnet = subnet(node);
        String publicIp = annotations.get(Annotations.PUBLIC_IP);
        if (!"true".equals(annotations.get(Annotations.KUBE_SUBNET_MANAGER))
                || !backendType.equals(annotations.get(Annotations.BACKEND_TYPE))
                || subnet == null
                || !network.contains(subnet)
                || publicIp == null
                || !Ipv4Range.isAddress(publicIp)) {
            return null;
        }
        return new Peer(
                node.getMetadata().getName(),
                subnet,
                publicIp,
                annotations.getOrDefault(Annotations.BACKEND_DATA, "null"));
    }

    /** The node's range, or null where it has none (yet). */
    public static @Nullable Ipv4Range subnet(Node node) {
        return node.getSpec() == null ? null : Ipv4Range.parse(node.getSpec().getPodCIDR());
    }

    public static Map<String, String> annotations(Node node) {
        Map<String, String> annotations = node.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }
}
