package io.kubespring.standalone;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.client.KubeClient;
import io.kubespring.flannel.Flannel;
import io.kubespring.flannel.FlannelConfig;
import io.kubespring.flannel.config.NetworkConfig;
import io.kubespring.node.iptables.HostIptables;
import io.kubespring.node.netlink.HostNetlink;
import io.kubespring.node.process.HostCommands;
import io.kubespring.proxy.KubeProxy;
import io.kubespring.proxy.ProxyConfig;
import io.kubespring.testing.client.InMemoryApi;
import io.kubespring.testing.net.CabledNode;
import io.kubespring.testing.net.NetworkNamespace;
import io.kubespring.testing.net.WhoAsks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * flannel and kube-proxy on each of two nodes that forward nothing unless told to, with no way out: what each of them does
 * must not undo what the other did.
 */
@Tag("host")
class NodesTogetherTest {

    private static final int PORT = 8080;
    private static final String SERVICE = "10.96.0.20";

    @TempDir
    Path folder;

    private final InMemoryApi api = new InMemoryApi(SystemTime.instance(), RandomSource.seeded(1));
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<CabledNode> nodes = new ArrayList<>();
    private NetworkNamespace segment;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("net-conf.json"), "{\"Network\":\"10.244.0.0/16\"}");
        segment = CabledNode.segment("kst" + ProcessHandle.current().pid());
        open.add(segment);
        for (String protocol : List.of("TCP", "UDP")) {
            serve(protocol);
        }
        for (int i = 0; i < 2; i++) {
            var node = new CabledNode(i, segment);
            open.add(node);
            nodes.add(node);
            node.host().run("iptables", "-P", "FORWARD", "DROP");
            api.put(new NodeBuilder()
                    .withNewMetadata()
                    .withName(node.name())
                    .endMetadata()
                    .withNewSpec()
                    .withPodCIDR(node.podRange())
                    .endSpec()
                    .build());
        }
        List<Flannel> flannels = nodes.stream().map(this::flannel).toList();
        List<KubeProxy> proxies = nodes.stream().map(this::proxy).toList();
        open.add(WhoAsks.in(nodes.get(1).pod(), PORT));
        eventually(() -> flannels.stream().allMatch(Flannel::ready)
                && proxies.stream().allMatch(KubeProxy::ready)
                && nodes.stream()
                        .allMatch(each -> each.host()
                                .run("ip", "route", "show", "proto", "96")
                                .contains("flannel.1")));
    }

    /** A Service with one backend: the Pod of the second node. */
    private void serve(String protocol) {
        String name = "who-" + protocol.toLowerCase(java.util.Locale.ROOT);
        api.put(new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .withClusterIP(SERVICE)
                .addNewPort()
                .withProtocol(protocol)
                .withPort(80)
                .withNodePort(30080)
                .endPort()
                .endSpec()
                .build());
        api.put(new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withLabels(Map.of("kubernetes.io/service-name", name))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withProtocol(protocol)
                .withPort(PORT)
                .endPort()
                .addNewEndpoint()
                .withAddresses("10.244.1.2")
                .withNodeName("n1")
                .endEndpoint()
                .build());
    }

    private Flannel flannel(CabledNode node) {
        var commands = new HostCommands(node.host().prefix());
        Path own = folder.resolve(node.name());
        var config = new FlannelConfig(
                node.name(),
                NetworkConfig.load(folder.resolve("net-conf.json")),
                "",
                "",
                true,
                own.resolve("subnet.env"),
                own.resolve("10-flannel.conflist"),
                own.resolve("networks"),
                Duration.ofSeconds(1));
        var flannel = new Flannel(
                config,
                KubeClient.over(api, SystemTime.instance()),
                new HostNetlink(commands),
                new HostIptables(commands),
                SystemTime.instance(),
                RandomSource.system(),
                Executors.newVirtualThreadPerTaskExecutor(),
                new SimpleMeterRegistry());
        open.add(flannel);
        flannel.start();
        return flannel;
    }

    private KubeProxy proxy(CabledNode node) {
        var commands = new HostCommands(node.host().prefix());
        var proxy = new KubeProxy(
                new ProxyConfig(
                        node.name(), "10.244.0.0/16", "10.96.0.0/12", Duration.ofMillis(100), Duration.ofMinutes(10)),
                KubeClient.over(api, SystemTime.instance()),
                new HostIptables(commands),
                commands,
                SystemTime.instance(),
                RandomSource.system(),
                Executors.newVirtualThreadPerTaskExecutor(),
                new SimpleMeterRegistry());
        open.add(proxy);
        proxy.start();
        return proxy;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private static void assertAnswer(NetworkNamespace from, String address, int port, String seenAs) throws Exception {
        assertThat(WhoAsks.tcp(from, address, port)).endsWith(" " + seenAs);
        assertThat(WhoAsks.udp(from, address, port)).endsWith(" " + seenAs);
    }

    @Test
    void podsNodesAndClientsReachAPodOnAnotherNode() throws Exception {
        CabledNode here = nodes.getFirst();
        CabledNode there = nodes.getLast();
        assertAnswer(here.pod(), there.podAddress(), PORT, here.podAddress());
        assertAnswer(here.pod(), SERVICE, 80, here.podAddress());
        // The Pod behind the Service sees itself through its node, or its answer would not pass by the translation.
        assertAnswer(there.pod(), SERVICE, 80, "10.244.1.1");
        assertAnswer(here.host(), there.podAddress(), PORT, "10.244.0.0");
        assertAnswer(here.host(), SERVICE, 80, "10.244.0.0");
        // From outside, by way of the node that has no backend and of the one that has it.
        assertAnswer(segment, here.address(), 30080, "10.244.0.0");
        assertAnswer(segment, there.address(), 30080, "10.244.1.1");
    }
}
