package io.kubespring.proxy;

import static io.kubespring.proxy.Samples.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.kubespring.node.iptables.HostIptables;
import io.kubespring.node.process.HostCommands;
import io.kubespring.proxy.conntrack.StaleFlows;
import io.kubespring.proxy.iptables.IptablesProxier;
import io.kubespring.proxy.model.ServiceMap;
import io.kubespring.testing.net.NetworkNamespace;
import io.kubespring.testing.net.WhoAsks;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A node with the rules, a Pod on it, a Pod on another node, two clients outside, each a network of its own without a way out:
 * who is answered, by whom, and under which address.
 */
@Tag("host")
class RealTrafficTest {

    private static final int PORT = 8080;
    private static final int NODE_PORT = 30080;
    private static final String NODE_IP = "10.9.0.1";
    private static final String HERE = "10.244.0.2";
    private static final String THERE = "10.244.1.3";
    private static final String CLUSTER_IP = "10.96.0.20";
    private static final String EXTERNAL_IP = "203.0.113.1";
    private static final String BALANCER_IP = "203.0.113.2";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ServiceMap services = new ServiceMap(NODE);
    private NetworkNamespace node;
    private NetworkNamespace here;
    private NetworkNamespace there;
    private NetworkNamespace client;
    private NetworkNamespace stranger;
    private IptablesProxier proxier;
    private StaleFlows staleFlows;

    @BeforeEach
    void layCables() throws Exception {
        String name = "ksp" + ProcessHandle.current().pid();
        node = namespace(name);
        here = namespace(name + "-here");
        there = namespace(name + "-there");
        client = namespace(name + "-client");
        stranger = namespace(name + "-stranger");
        node.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        node.run("ip", "link", "add", "segment", "type", "bridge");
        node.run("ip", "addr", "add", NODE_IP + "/24", "dev", "segment");
        node.run("ip", "link", "set", "segment", "up");
        node.run("ip", "route", "add", "default", "via", "10.9.0.254");
        node.run("ip", "route", "add", "10.244.1.0/24", "via", "10.9.0.2");
        onSegment(there, 2);
        onSegment(client, 11);
        onSegment(stranger, 12);
        there.run("ip", "addr", "add", THERE + "/32", "dev", "lo");
        there.run("ip", "route", "replace", "10.9.0.0/24", "dev", "eth0", "src", THERE);
        here.connect("eth0", node, "pod");
        node.run("ip", "addr", "add", "10.244.0.1/24", "dev", "pod");
        here.run("ip", "addr", "add", HERE + "/24", "dev", "eth0");
        here.run("ip", "route", "add", "default", "via", "10.244.0.1");
        open.add(WhoAsks.in(here, PORT));
        open.add(WhoAsks.in(there, PORT));
        var commands = new HostCommands(node.prefix());
        proxier = new IptablesProxier(new HostIptables(commands), "10.244.0.0/16", "10.96.0.0/12");
        staleFlows = new StaleFlows(commands);
    }

    private NetworkNamespace namespace(String name) {
        var made = NetworkNamespace.create(name);
        open.add(made);
        return made;
    }

    private void onSegment(NetworkNamespace machine, int number) {
        machine.connect("eth0", node, "p" + number);
        node.run("ip", "link", "set", "p" + number, "master", "segment");
        machine.run("ip", "addr", "add", "10.9.0." + number + "/24", "dev", "eth0");
        machine.run("ip", "route", "add", "default", "via", NODE_IP);
    }

    @AfterEach
    void removeCables() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private static ServiceBuilder balanced() {
        return new ServiceBuilder(Samples.nodePort("web", NODE_PORT))
                .editSpec()
                .withType("LoadBalancer")
                .withExternalIPs(EXTERNAL_IP)
                .endSpec()
                .withNewStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withIp(BALANCER_IP)
                .endIngress()
                .endLoadBalancer()
                .endStatus();
    }

    private void sync(ServiceBuilder service, String... backends) throws IOException {
        services.put(service.build());
        services.put(Samples.slice("web", backends));
        var changes = services.takeChanges();
        proxier.apply(changes);
        staleFlows.clean(changes);
    }

    private static String ask(NetworkNamespace from, String address, int port) throws Exception {
        return WhoAsks.tcp(from, address, port);
    }

    /** Enough questions that both of two backends have been asked but once in a million times. */
    private static Set<String> askOften(NetworkNamespace from, String address, int port) throws Exception {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            answers.add(ask(from, address, port));
        }
        return answers;
    }

    private static void assertNoAnswer(NetworkNamespace from, String address, int port) {
        assertThatThrownBy(() -> ask(from, address, port)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void everyAddressLeadsToBackendsEverywhereUnderTheNodesAddress() throws Exception {
        sync(balanced(), HERE, THERE);
        Set<String> both = Set.of(here.name() + " 10.244.0.1", there.name() + " " + NODE_IP);
        assertThat(askOften(client, NODE_IP, NODE_PORT)).isEqualTo(both);
        assertThat(askOften(client, EXTERNAL_IP, 80)).isEqualTo(both);
        assertThat(askOften(client, BALANCER_IP, 80)).isEqualTo(both);
        assertThat(askOften(here, CLUSTER_IP, 80))
                .containsExactlyInAnyOrder(here.name() + " 10.244.0.1", there.name() + " " + HERE);
    }

    @Test
    void externalTrafficPolicyLocalStaysHereAndKeepsTheClientsAddress() throws Exception {
        var local = balanced().editSpec().withExternalTrafficPolicy("Local").endSpec();
        sync(local, HERE, THERE);
        String itself = here.name() + " 10.9.0.11";
        assertThat(askOften(client, NODE_IP, NODE_PORT)).containsExactly(itself);
        assertThat(ask(client, EXTERNAL_IP, 80)).isEqualTo(itself);
        assertThat(ask(client, BALANCER_IP, 80)).isEqualTo(itself);

        sync(local, THERE);
        assertNoAnswer(client, NODE_IP, NODE_PORT);
        assertNoAnswer(client, BALANCER_IP, 80);
        // Pods and the node are inside: for them the address is as good as the cluster's.
        assertThat(ask(here, BALANCER_IP, 80)).startsWith(there.name());
        assertThat(ask(node, NODE_IP, NODE_PORT)).startsWith(there.name());

        sync(local);
        assertThatThrownBy(() -> ask(client, NODE_IP, NODE_PORT)).isInstanceOf(SocketException.class);
    }

    @Test
    void internalTrafficPolicyLocalStaysHere() throws Exception {
        var local = balanced().editSpec().withInternalTrafficPolicy("Local").endSpec();
        sync(local, HERE, THERE);
        assertThat(askOften(node, CLUSTER_IP, 80)).allMatch(each -> each.startsWith(here.name() + " "));
        assertThat(askOften(client, NODE_IP, NODE_PORT)).hasSize(2);
        sync(local, THERE);
        assertNoAnswer(here, CLUSTER_IP, 80);
    }

    @Test
    void onlyClientsOfTheSourceRangesAreLetIn() throws Exception {
        var guarded = balanced()
                .editSpec()
                .withLoadBalancerSourceRanges("10.9.0.11/32", "192.0.2.0/24")
                .endSpec();
        sync(guarded, HERE);
        assertThat(ask(client, BALANCER_IP, 80)).startsWith(here.name());
        assertNoAnswer(stranger, BALANCER_IP, 80);
        assertThat(ask(stranger, EXTERNAL_IP, 80)).startsWith(here.name());

        sync(balanced(), HERE);
        assertThat(ask(stranger, BALANCER_IP, 80)).startsWith(here.name());
    }

    @Test
    void datagramsOfOneClientFollowTheBackendsThatAreThere() throws Exception {
        var dns = balanced()
                .editSpec()
                .editFirstPort()
                .withProtocol("UDP")
                .endPort()
                .endSpec();
        sync(dns, HERE);
        for (String address : List.of(EXTERNAL_IP, BALANCER_IP)) {
            assertThat(WhoAsks.udp(client, 40_000, address, 80)).startsWith(here.name());
        }
        assertThat(WhoAsks.udp(client, 40_001, NODE_IP, NODE_PORT)).startsWith(here.name());
        sync(dns, THERE);
        for (String address : List.of(EXTERNAL_IP, BALANCER_IP)) {
            assertThat(WhoAsks.udp(client, 40_000, address, 80)).startsWith(there.name());
        }
        assertThat(WhoAsks.udp(client, 40_001, NODE_IP, NODE_PORT)).startsWith(there.name());

        // A flow that is right outlives this process: with two backends to choose from it stays where it is.
        staleFlows = new StaleFlows(new HostCommands(node.prefix()));
        sync(dns, HERE, THERE);
        for (int i = 0; i < 20; i++) {
            assertThat(WhoAsks.udp(client, 40_001, NODE_IP, NODE_PORT)).startsWith(there.name());
        }
    }
}
