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
import io.kubespring.testing.net.CabledNode;
import io.kubespring.testing.net.NetworkNamespace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;

/** A node with one Pod and a flannel. */
final class Machine implements AutoCloseable {

    static final int PORT = 7777;

    final NetworkNamespace host;
    final NetworkNamespace pod;
    private final int number;
    private final CabledNode cables;
    private final InMemoryApi api;
    private final NetworkConfig.Type type;
    private final Path folder;
    private Flannel flannel;

    Machine(int number, NetworkNamespace segment, InMemoryApi api, NetworkConfig.Type type, Path folder) {
        this.number = number;
        this.api = api;
        this.type = type;
        this.folder = folder.resolve("n" + number);
        cables = new CabledNode(number, segment);
        host = cables.host();
        pod = cables.pod();
        api.put(node());
        flannel = start();
    }

    String podAddress() {
        return cables.podAddress();
    }

    private Node node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(cables.name())
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(cables.podRange())
                .endSpec()
                .build();
    }

    private Flannel start() {
        var commands = new HostCommands(host.prefix());
        var config = new FlannelConfig(
                cables.name(),
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

    /** The machine's ways to others, without what changes by itself, in an order of ours: the kernel's is by chance. */
    String ways() {
        return host.run(
                "sh",
                "-c",
                "{ ip route show proto 96; ip neigh show nud permanent; bridge fdb show | grep -F 10.9.0.; } | sort");
    }

    @Override
    public void close() {
        flannel.close();
        cables.close();
    }
}
