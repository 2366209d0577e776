package io.kubespring.flannel;

import static io.kubespring.testing.await.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.PatchType;
import io.kubespring.flannel.config.NetworkConfig.Type;
import io.kubespring.testing.client.InMemoryApi;
import io.kubespring.testing.net.CabledNode;
import io.kubespring.testing.net.NetworkNamespace;
import io.kubespring.testing.net.WhoAsks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three machines on one segment, none of them with a way out, and a Pod on each: packets go from Pod to Pod. */
@Tag("host")
class RealNetworkTest {

    @TempDir
    Path folder;

    private final InMemoryApi api = new InMemoryApi(SystemTime.instance(), RandomSource.seeded(1));
    private final List<Machine> machines = new ArrayList<>();
    private final List<WhoAsks> answerers = new ArrayList<>();
    private NetworkNamespace segment;

    @BeforeEach
    void layCables() {
        segment = CabledNode.segment("ksf" + ProcessHandle.current().pid());
    }

    @AfterEach
    void removeCables() throws Exception {
        for (WhoAsks each : answerers) {
            each.close();
        }
        machines.forEach(Machine::close);
        segment.close();
    }

    private void machines(Type type) throws Exception {
        for (int i = 0; i < 3; i++) {
            var machine = new Machine(i, segment, api, type, folder);
            machines.add(machine);
            answerers.add(WhoAsks.in(machine.pod, Machine.PORT));
        }
        eventually(() -> machines.stream().allMatch(each -> each.ready() && routes(each) == 2));
    }

    private static long routes(Machine machine) {
        return machine.host.run("ip", "route", "show", "proto", "96").lines().count();
    }

    private void podsReachEachOther() throws Exception {
        for (Machine from : machines) {
            for (Machine to : machines) {
                if (from != to) {
                    String expected = to.pod.name() + " " + from.podAddress();
                    assertThat(WhoAsks.tcp(from.pod, to.podAddress(), Machine.PORT))
                            .isEqualTo(expected);
                    assertThat(WhoAsks.udp(from.pod, to.podAddress(), Machine.PORT))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void podsReachPodsOverVxlanUnderTheirOwnAddresses() throws Exception {
        machines(Type.VXLAN);
        podsReachEachOther();
        Machine here = machines.getFirst();
        String there = machines.get(1).podAddress();
        assertThat(here.host.run("ip", "-d", "link", "show", "flannel.1"))
                .contains("vxlan id 1 ", "dstport 8472", "nolearning", "mtu 1450");
        // The node itself comes from its end of the overlay, so the answer finds back.
        assertThat(WhoAsks.tcp(here.host, there, Machine.PORT)).endsWith(" 10.244.0.0");
        Node node = Await.value(KubeClient.over(api, SystemTime.instance())
                .resources(Node.class)
                .get("n0"));
        assertThat(node.getMetadata().getAnnotations())
                .containsEntry("flannel.alpha.coreos.com/public-ip", "10.9.0.1")
                .containsEntry("flannel.alpha.coreos.com/backend-type", "vxlan");
    }

    @Test
    void podsReachPodsByWayOfTheirNodes() throws Exception {
        machines(Type.HOST_GATEWAY);
        podsReachEachOther();
        assertThat(machines.getFirst().ways()).contains("10.244.1.0/24 via 10.9.0.2 dev eth0");
        assertThat(machines.getFirst().host.run("ip", "link")).doesNotContain("flannel");
    }

    @Test
    void outsideTheClusterAPodHasItsNodesAddress() throws Exception {
        machines(Type.VXLAN);
        answerers.add(WhoAsks.in(segment, Machine.PORT));
        assertThat(WhoAsks.tcp(machines.get(1).pod, "10.9.0.254", Machine.PORT)).endsWith(" 10.9.0.2");
    }

    @Test
    void aNodeThatLeavesTakesItsWaysAlongAndComesBackWithThem() throws Exception {
        machines(Type.VXLAN);
        Machine here = machines.getFirst();
        String before = here.ways();
        assertThat(before).contains("10.244.2.0", "10.9.0.3");
        var nodes = KubeClient.over(api, SystemTime.instance()).resources(Node.class);
        Node leaving = Await.value(nodes.get("n2"));
        Await.done(nodes.delete("n2"));
        eventually(() -> !here.ways().contains("10.244.2.0"));
        eventually(() -> !here.ways().contains("10.9.0.3"));
        assertThat(WhoAsks.tcp(here.pod, machines.get(1).podAddress(), Machine.PORT))
                .endsWith(" " + here.podAddress());

        leaving.getMetadata().setResourceVersion(null);
        leaving.getMetadata().setUid(null);
        api.put(leaving);
        eventually(() -> here.ways().equals(before));
    }

    @Test
    void aRestartCostsNoPacket() throws Exception {
        machines(Type.VXLAN);
        Machine here = machines.getFirst();
        Machine there = machines.get(1);
        String device = here.host.run("ip", "-o", "link", "show", "flannel.1");
        for (int i = 0; i < 5; i++) {
            here.restart();
            while (!here.ready()) {
                assertThat(WhoAsks.udp(there.pod, here.podAddress(), Machine.PORT))
                        .endsWith(there.podAddress());
                assertThat(WhoAsks.udp(here.pod, there.podAddress(), Machine.PORT))
                        .endsWith(here.podAddress());
            }
        }
        assertThat(here.host.run("ip", "-o", "link", "show", "flannel.1")).isEqualTo(device);
    }

    @Test
    void whatSomebodyRemovedComesBackAndTheMacIsTheSame() throws Exception {
        machines(Type.VXLAN);
        Machine here = machines.getFirst();
        String rules = here.host.run("iptables-save", "-t", "nat");
        assertThat(rules).contains("FLANNEL-POSTRTG");
        here.host.run("iptables", "-t", "nat", "-F");
        eventually(() ->
                withoutCounters(here.host.run("iptables-save", "-t", "nat")).equals(withoutCounters(rules)));

        String ways = here.ways();
        String address = mac(here);
        here.host.run("ip", "link", "del", "flannel.1");
        eventually(() -> here.ways().equals(ways));
        assertThat(mac(here)).isEqualTo(address);
        podsReachEachOther();
    }

    @Test
    void aNodeThatMovesIsFollowedAndADeviceThatDoesNotFitIsReplaced() throws Exception {
        machines(Type.VXLAN);
        Machine here = machines.getFirst();
        var nodes = KubeClient.over(api, SystemTime.instance()).resources(Node.class);
        var moved = Json.object();
        moved.putObject("metadata")
                .putObject("annotations")
                .put("flannel.alpha.coreos.com/public-ip-overwrite", "10.9.0.77");
        Await.done(nodes.patch("n2", PatchType.MERGE, moved));
        eventually(() -> here.ways().contains("dst 10.9.0.77 ") && !here.ways().contains("dst 10.9.0.3 "));

        String ways = here.ways();
        here.host.run("ip", "link", "del", "flannel.1");
        here.host.run("ip", "link", "add", "flannel.1", "type", "vxlan", "id", "9", "dev", "eth0", "dstport", "4789");
        here.restart();
        eventually(() -> here.ready() && here.ways().equals(ways));
        assertThat(WhoAsks.tcp(here.pod, machines.get(1).podAddress(), Machine.PORT))
                .endsWith(" " + here.podAddress());
    }

    private static String withoutCounters(String rules) {
        return rules.lines()
                .filter(each -> !each.startsWith("#"))
                .map(each -> each.replaceAll("\\[\\d+:\\d+]", ""))
                .toList()
                .toString();
    }

    private static String mac(Machine machine) {
        String link = machine.host.run("ip", "-o", "link", "show", "flannel.1");
        int at = link.indexOf("link/ether ");
        return link.substring(at, at + 28);
    }
}
