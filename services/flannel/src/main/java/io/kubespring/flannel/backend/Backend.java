package io.kubespring.flannel.backend;

import io.kubespring.flannel.subnet.Ipv4Range;
import io.kubespring.flannel.subnet.Peer;
import io.kubespring.node.netlink.OverlayState;
import java.io.IOException;
import java.util.Collection;

/** A way to carry packets between nodes. Keeps nothing: everything is in the kernel and in the nodes' annotations. */
public interface Backend {

    /** The device whose entries lead to peers; empty for none. */
    String device();

    /** How large a Pod's packets may be. */
    int mtu(Underlay underlay);

    /**
     * Has the device be there.
     *
     * @param former what this node said about itself before, as JSON; others may know it still
     * @return what other nodes have to know, as JSON
     */
    String prepare(Underlay underlay, String former) throws IOException;

    /** What the kernel should hold so that packets for these nodes find their way. */
    OverlayState wanted(Underlay underlay, Ipv4Range own, Collection<Peer> peers);
}
