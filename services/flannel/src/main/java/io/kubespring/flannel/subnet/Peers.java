package io.kubespring.flannel.subnet;

import io.fabric8.kubernetes.api.model.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other nodes that take part. Ranges never overlap: where two nodes claim the same addresses, the one whose name comes
 * first has them, on every node alike, and nobody but this node has its own.
 */
public final class Peers {

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    private Peers() {}

    /** Sorted by name. */
    public static List<Peer> of(
            Collection<Node> nodes, String ownName, Ipv4Range own, Ipv4Range network, String backendType) {
        List<Peer> result = new ArrayList<>();
        List<Node> sorted = nodes.stream()
                .filter(each -> !each.getMetadata().getName().equals(ownName))
                .sorted(Comparator.comparing(each -> each.getMetadata().getName()))
                .toList();
        for (Node node : sorted) {
            Peer peer = Peer.of(node, network, backendType);
            if (peer == null) {
                continue;
            }
            boolean taken = overlap(peer.subnet(), own)
                    || result.stream().anyMatch(each -> overlap(peer.subnet(), each.subnet()));
            if (taken) {
                LOG.warn("node {} left out: its range {} is another node's", peer.node(), peer.subnet());
            } else {
                result.add(peer);
            }
        }
        return List.copyOf(result);
    }

    private static boolean overlap(Ipv4Range one, Ipv4Range other) {
        return one.contains(other) || other.contains(one);
    }
}
