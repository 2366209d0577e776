package io.kubespring.testing.net;

/**
 * A node with one Pod, each a network of its own: the node at 10.9.0.(number + 1) on a segment that nodes share, the Pod at
 * 10.244.(number).2 behind the node's bridge cni0. How packets for other nodes' Pods find their way is up to who is tested.
 */
public final class CabledNode implements AutoCloseable {

    private final int number;
    private final NetworkNamespace host;
    private final NetworkNamespace pod;

    /** @param segment made by {@link #segment} */
    public CabledNode(int number, NetworkNamespace segment) {
        this.number = number;
        host = NetworkNamespace.create(segment.name() + "-m" + number);
        pod = NetworkNamespace.create(segment.name() + "-p" + number);
        host.connect("eth0", segment, "m" + number);
        segment.run("ip", "link", "set", "m" + number, "master", "segment");
        host.run("ip", "addr", "add", address() + "/24", "dev", "eth0");
        host.run("ip", "route", "add", "default", "via", "10.9.0.254");
        host.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        host.run("ip", "link", "add", "cni0", "mtu", "1450", "type", "bridge");
        host.run("ip", "addr", "add", "10.244." + number + ".1/24", "dev", "cni0");
        host.run("ip", "link", "set", "cni0", "up");
        pod.connect("eth0", host, "veth0");
        host.run("ip", "link", "set", "veth0", "mtu", "1450", "master", "cni0");
        // As the CNI plugin sets it: a Pod may be its own partner behind a Service.
        host.run("bridge", "link", "set", "dev", "veth0", "hairpin", "on");
        pod.run("ip", "link", "set", "eth0", "mtu", "1450");
        pod.run("ip", "addr", "add", podAddress() + "/24", "dev", "eth0");
        pod.run("ip", "route", "add", "default", "via", "10.244." + number + ".1");
    }

    /** What nodes are connected by: a bridge that is itself at 10.9.0.254 and leads nowhere else. */
    public static NetworkNamespace segment(String name) {
        NetworkNamespace segment = NetworkNamespace.create(name);
        segment.run("ip", "link", "add", "segment", "type", "bridge");
        segment.run("ip", "addr", "add", "10.9.0.254/24", "dev", "segment");
        segment.run("ip", "link", "set", "segment", "up");
        return segment;
    }

    /** "n0", "n1", … */
    public String name() {
        return "n" + number;
    }

    public NetworkNamespace host() {
        return host;
    }

    public NetworkNamespace pod() {
        return pod;
    }

    /** The node's, on the segment. */
    public String address() {
        return "10.9.0." + (number + 1);
    }

    /** The range of the node's Pods. */
    public String podRange() {
        return "10.244." + number + ".0/24";
    }

    public String podAddress() {
        return "10.244." + number + ".2";
    }

    @Override
    public void close() {
        pod.close();
        host.close();
    }
}
