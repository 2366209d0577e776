package io.kubespring.flannel.backend;

import io.kubespring.flannel.subnet.Ipv4Range;
import io.kubespring.node.netlink.Netlink;
import io.kubespring.node.netlink.NetworkInterfaceState;
import java.io.IOException;
import java.util.List;

/**
 * The interface by which this node reaches the others.
 *
 * @param address of this node on it
 */
public record Underlay(String device, String address, int mtu) {

    /**
     * @param wanted the interface's name or one of its addresses; empty for that of the default route
     * @throws IOException where there is none
     */
    public static Underlay find(Netlink netlink, String wanted) throws IOException {
        List<NetworkInterfaceState> all = netlink.interfaces();
        String name = wanted;
        if (wanted.isEmpty()) {
            String device = netlink.defaultDevice();
            if (device == null) {
                throw new IOException("no default route to find the interface by; name one with --iface");
            }
            name = device;
        }
        boolean byAddress = Ipv4Range.isAddress(name);
        for (NetworkInterfaceState each : all) {
            if (byAddress ? each.addresses().contains(name) : each.name().equals(name)) {
                String address = byAddress ? name : each.addresses().getFirst();
                return new Underlay(each.name(), address, each.mtu());
            }
        }
        throw new IOException("no interface " + name + " with an IPv4 address");
    }
}
