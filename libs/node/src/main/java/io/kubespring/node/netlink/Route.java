package io.kubespring.node.netlink;

/**
 * A way to a range of addresses.
 *
 * @param onlink whether the gateway is taken to be reachable by the device though no route says so
 */
public record Route(String to, String gateway, String device, boolean onlink) {

    /** As {@code ip route} takes it. */
    String command() {
        return to + " via " + gateway + " dev " + device + (onlink ? " onlink" : "");
    }
}
