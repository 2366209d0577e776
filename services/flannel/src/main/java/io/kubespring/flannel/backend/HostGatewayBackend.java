package io.kubespring.flannel.backend;

import io.kubespring.flannel.subnet.Ipv4Range;
import io.kubespring.flannel.subnet.Peer;
import io.kubespring.node.netlink.OverlayState;
import io.kubespring.node.netlink.Route;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Routes by way of the other nodes themselves, which must be on the same network segment. */
public final class HostGatewayBackend implements Backend {

    private final int mtu;

    /** @param mtu 0 for the underlay's */
    public HostGatewayBackend(int mtu) {
        this.mtu = mtu;
    }

    @Override
    public String device() {
        return "";
    }

    @Override
    public int mtu(Underlay underlay) {
        return mtu > 0 ? mtu : underlay.mtu();
    }

    @Override
    public String prepare(Underlay underlay, String former) {
        return "null";
    }

    @Override
    public OverlayState wanted(Underlay underlay, Ipv4Range own, Collection<Peer> peers) {
        Map<String, Route> routes = new TreeMap<>();
        for (Peer each : peers) {
            String to = each.subnet().toString();
            routes.put(to, new Route(to, each.publicIp(), underlay.device(), false));
        }
        return new OverlayState("", Set.of(), Map.of(), Map.of(), routes);
    }
}
