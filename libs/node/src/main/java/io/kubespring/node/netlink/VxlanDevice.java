package io.kubespring.node.netlink;

/**
 * A VXLAN device that learns nothing by itself: where its peers are is told.
 *
 * @param port UDP
 * @param underlay the device that carries it
 * @param local this machine's address on the underlay
 * @param mac as the kernel prints it, in lower case
 */
public record VxlanDevice(String name, int vni, int port, String underlay, String local, String mac, int mtu) {

    /** Whether the two differ in nothing that needs a new device; MTU and MAC can be changed. */
    boolean fits(VxlanDevice other) {
        return vni == other.vni && port == other.port && underlay.equals(other.underlay) && local.equals(other.local);
    }
}
