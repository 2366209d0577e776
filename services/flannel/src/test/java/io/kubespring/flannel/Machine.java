package io.kubespring.flannel;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.client.KubeClient;
import io.kubespring.flannel.config.NetworkConfig;
import io.kubespring.flannel.subnet.Ipv4Range;
import io.kubespring.node.iptables.HostIptables;
import io.kubespring.node.netlink.HostNetlink;
import io.kubespring.node.process.HostCommands;
import io.kubespring.testing.client.InMemoryApi;
import io.kubespring.testing.net.NetworkNamespace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;

/** A machine with one Pod: two networks, the machine's on a common segment, the Pod's behind the bridge cni0. */
final class Machine implements AutoCloseable {

    static final int PORT = 7777;

    final NetworkNamespace host;
    final NetworkNamespace pod;
    final int number;
    private final InMemoryApi api;
    private final NetworkConfig.Type type;
    private final Path folder;
    private Flannel flannel;

    /** @param segment holds the bridge "segment" that machines are connected by */
    Machine(int number, NetworkNamespace segment, InMemoryApi api, NetworkConfig.Type type, Path folder) {
        this.number = number;
        this.api = api;
        this.type = type;
        this.folder = folder.resolve(name());
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
        pod.run("ip", "link", "set", "eth0", "mtu", "1450");
        pod.run("ip", "addr", "add", podAddress() + "/24", "dev", "eth0");
        pod.run("ip", "route", "add", "default", "via", "10.244." + number + ".1");
        api.put(node());
        flannel = start();
    }

    String name() {
        return "n" + number;
    }

    String address() {
        return "10.9.0." + (number + 1);
    }

    String podAddress() {
        return "10.244." + number + ".2";
    }

    private Node node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name())
                .endMetadata()
                .withNewSpec()
                .withPodCIDR("10.244." + number + ".0/24")
                .endSpec()
                .build();
    }

    private Flannel start() {
        var commands = new HostCommands(host.prefix());
        var config = new FlannelConfig(
                name(),
                new NetworkConfig(Objects.requireNonNull(Ipv4Range.parse("10.244.0.0/16")), type, 1, 8472, 0),
                "",
                "",
                true,
                folder.resolve("subnet.env"),
                folder.resolve("10-flannel.conflist"),
                folder.resolve("networks"),
                Duration.ofMillis(500));
        var started = new Flannel(
                config,
                KubeClient.over(api, SystemTime.instance()),
                new HostNetlink(commands),
                new HostIptables(commands),
                SystemTime.instance(),
                RandomSource.seeded(number),
                Executors.newVirtualThreadPerTaskExecutor(),
                new SimpleMeterRegistry());
        started.start();
        return started;
    }

    boolean ready() {
        return flannel.ready();
    }

    void restart() {
        flannel.close();
        flannel = start();
    }

    /** The machine's ways to others, without what changes by itself. */
    String ways() {
        return host.run("ip", "route", "show", "proto", "96")
                + host.run("sh", "-c", "ip neigh show nud permanent; bridge fdb show | grep -F 10.9.0. || true");
    }

    @Override
    public void close() {
        flannel.close();
        pod.close();
        host.close();
    }
}
