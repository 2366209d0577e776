package io.kubespring.flannel.backend;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import io.kubespring.flannel.subnet.Ipv4Range;
import io.kubespring.flannel.subnet.Peer;
import io.kubespring.node.netlink.Netlink;
import io.kubespring.node.netlink.OverlayState;
import io.kubespring.node.netlink.Route;
import io.kubespring.node.netlink.VxlanDevice;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ethernet frames in UDP. Each node's device has the first address of the node's range; that address's neighbour entry
 * names the device's MAC, and the forwarding entry of the MAC names the machine, so nothing is ever asked for or learned.
 */
public final class VxlanBackend implements Backend {

    private static final Logger LOG = LoggerFactory.getLogger(VxlanBackend.class);
    /** Outer IP, UDP and VXLAN headers, and the inner Ethernet header. */
    private static final int OVERHEAD = 50;

    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

    private final Netlink netlink;
    private final RandomSource random;
    private final int vni;
    private final int port;
    private final int mtu;

    /** @param mtu 0 for the underlay's less the overhead */
    public VxlanBackend(Netlink netlink, RandomSource random, int vni, int port, int mtu) {
        this.netlink = netlink;
        this.random = random;
        this.vni = vni;
        this.port = port;
        this.mtu = mtu;
    }

    @Override
    public String device() {
        return "flannel." + vni;
    }

    @Override
    public int mtu(Underlay underlay) {
        return mtu > 0 ? mtu : underlay.mtu() - OVERHEAD;
    }

    @Override
    public String prepare(Underlay underlay, String former) throws IOException {
        VxlanDevice there = netlink.vxlan(device());
        String mac = there == null ? mac(former) : there.mac();
        if (mac == null) {
            mac = freshMac();
        }
        netlink.ensure(new VxlanDevice(device(), vni, port, underlay.device(), underlay.address(), mac, mtu(underlay)));
        ObjectNode data = Json.object().put("VNI", vni).put("VtepMAC", mac);
        return data.toString();
    }

    /** Locally administered, for one device. Set explicitly, so that no other agent of the machine gives it another. */
    private String freshMac() {
        var mac = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            int each = random.nextInt(256);
            mac.append(String.format(Locale.ROOT, i == 0 ? "%02x" : ":%02x", i == 0 ? each & 0xfc | 2 : each));
        }
        return mac.toString();
    }

    /** The MAC in a node's data, or null where there is none for our VNI. */
    private @Nullable String mac(String data) {
        try {
            JsonNode tree = Json.mapper().readTree(data);
            String mac = tree.path("VtepMAC").asString("").toLowerCase(Locale.ROOT);
            return tree.path("VNI").asInt(1) == vni && MAC.matcher(mac).matches() ? mac : null;
        } catch (JacksonException wrong) {
            return null;
        }
    }

    @Override
    public OverlayState wanted(Underlay underlay, Ipv4Range own, Collection<Peer> peers) {
        Map<String, String> neighbours = new TreeMap<>();
        Map<String, String> forwarding = new TreeMap<>();
        Map<String, Route> routes = new TreeMap<>();
        Map<String, String> owners = new HashMap<>();
        for (Peer each : peers) {
            String mac = mac(each.backendData());
            if (mac == null) {
                LOG.warn("node {} left out: no usable VtepMAC in {}", each.node(), each.backendData());
                continue;
            }
            String other = owners.putIfAbsent(mac, each.node());
            if (other != null) {
                LOG.warn("node {} left out: node {} has its MAC {}", each.node(), other, mac);
                continue;
            }
            String gateway = each.subnet().address(0);
            String to = each.subnet().toString();
            neighbours.put(gateway, mac);
            forwarding.put(mac, each.publicIp());
            routes.put(to, new Route(to, gateway, device(), true));
        }
        return new OverlayState(device(), Set.of(own.address(0) + "/32"), neighbours, forwarding, routes);
    }
}
