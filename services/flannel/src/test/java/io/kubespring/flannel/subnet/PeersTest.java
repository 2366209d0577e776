package io.kubespring.flannel.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeersTest {

    private static final Ipv4Range NETWORK = range("10.244.0.0/16");

    private static Ipv4Range range(String text) {
        return Objects.requireNonNull(Ipv4Range.parse(text));
    }

    private static Node node(String name, String range, String publicIp) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withAnnotations(Map.of(
                        "flannel.alpha.coreos.com/backend-type", "vxlan",
                        "flannel.alpha.coreos.com/backend-data", "{\"VNI\":1,\"VtepMAC\":\"02:00:00:00:00:01\"}",
                        "flannel.alpha.coreos.com/public-ip", publicIp,
                        "flannel.alpha.coreos.com/kube-subnet-manager", "true"))
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(range)
                .endSpec()
                .build();
    }

    private static List<Peer> peers(Node... nodes) {
        return Peers.of(List.of(nodes), "me", range("10.244.0.0/24"), NETWORK, "vxlan");
    }

    @Test
    void nodesThatSayTheyTakePartArePeers() {
        Node silent = node("b", "10.244.2.0/24", "192.0.2.2");
        silent.getMetadata().setAnnotations(null);
        Node other = node("c", "10.244.3.0/24", "192.0.2.3");
        other.getMetadata().getAnnotations().put("flannel.alpha.coreos.com/backend-type", "host-gw");
        assertThat(peers(
                        node("me", "10.244.0.0/24", "192.0.2.9"),
                        silent,
                        other,
                        node("a", "10.244.1.0/24", "192.0.2.1")))
                .extracting(Peer::node)
                .containsExactly("a");
    }

    @Test
    void nobodyTakesTheAddressesOfAnother() {
        assertThat(peers(
                        node("thief", "10.244.0.0/24", "192.0.2.1"),
                        node("wide", "10.244.0.0/16", "192.0.2.2"),
                        node("a", "10.244.7.0/24", "192.0.2.3"),
                        node("b", "10.244.7.128/25", "192.0.2.4")))
                .extracting(Peer::node)
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.1 dev eth0",
                "192.0.2.1\nroute del default",
                "::1",
                "0x1.1.1.1"
            })
    void whatIsNoAddressNeverReachesACommand(String publicIp) {
        assertThat(peers(node("a", "10.244.1.0/24", publicIp))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.244.1.0", "10.244.1.0/33", "10.244.1.0/-1", "10.96.0.0/24", "0.0.0.0/0", "10.244.1.0/24\nx"})
    void whatIsNoRangeOfTheNetworkIsLeftOut(String range) {
        assertThat(peers(node("a", range, "192.0.2.1"))).isEmpty();
    }

    @Test
    void rangesAreWrittenAsTheKernelWritesThem() {
        assertThat(range("10.244.1.77/24")).hasToString("10.244.1.0/24");
        assertThat(range("10.244.1.0/24").address(1)).isEqualTo("10.244.1.1");
        assertThat(range("255.255.255.0/24").address(255)).isEqualTo("255.255.255.255");
        assertThat(range("0.0.0.0/0").contains(NETWORK)).isTrue();
    }
}
