package io.kubespring.proxy.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.proxy.model.Backend;
import io.kubespring.proxy.model.ServicePort;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StaleFlowsTest {

    private static final Flow TO_CLUSTER_IP = new Flow("10.96.0.10", 53, "10.244.0.2", 5353);
    private static final Flow TO_EXTERNAL_IP = new Flow("203.0.113.1", 53, "10.244.0.2", 5353);
    private static final Flow TO_BALANCER = new Flow("203.0.113.2", 53, "10.244.0.2", 5353);
    private static final Flow TO_NODE_PORT = new Flow("192.0.2.7", 30053, "10.244.0.2", 5353);
    private static final Flow TO_NOBODY = new Flow("10.96.0.10", 53, "10.96.0.10", 53);
    private static final Flow OF_ANOTHER_SERVICE = new Flow("10.96.0.11", 53, "10.244.0.9", 5353);
    private static final List<Flow> ALL =
            List.of(TO_CLUSTER_IP, TO_EXTERNAL_IP, TO_BALANCER, TO_NODE_PORT, TO_NOBODY, OF_ANOTHER_SERVICE);

    private static Entrances dns(String... ips) {
        return over("udp", ips);
    }

    private static Entrances over(String protocol, String... ips) {
        List<Backend> backends = Stream.of(ips)
                .map(each -> new Backend(each, 5353, true, true, true, false))
                .toList();
        var entrances = new Entrances();
        entrances.add(List.of(new ServicePort(
                "dns",
                protocol,
                "10.96.0.10",
                53,
                30053,
                List.of("203.0.113.1"),
                List.of("203.0.113.2"),
                List.of(),
                0,
                0,
                false,
                false,
                backends)));
        return entrances;
    }

    @Test
    void flowsToABackendThatWentAreStaleAtEveryAddress() {
        assertThat(dns("10.244.0.3").stale(ALL))
                .containsExactlyInAnyOrder(TO_CLUSTER_IP, TO_EXTERNAL_IP, TO_BALANCER, TO_NODE_PORT, TO_NOBODY);
    }

    @Test
    void flowsThatAreRightStayAndThoseThatFoundNobodyGo() {
        assertThat(dns("10.244.0.2", "10.244.0.3").stale(ALL)).isEqualTo(Set.of(TO_NOBODY));
    }

    @Test
    void whereNobodyIsFlowsToNobodyStay() {
        assertThat(dns().stale(ALL)).doesNotContain(TO_NOBODY).hasSize(4);
    }

    @Test
    void aServiceThatIsGoneTakesItsFlowsAlong() {
        var gone = new Entrances();
        gone.addFormer(dns("10.244.0.2"));
        assertThat(gone.stale(ALL)).hasSize(4).doesNotContain(OF_ANOTHER_SERVICE);
        var stillThere = dns("10.244.0.2");
        stillThere.addFormer(dns("10.244.0.9"));
        assertThat(stillThere.stale(ALL)).isEqualTo(Set.of(TO_NOBODY));
    }

    @Test
    void otherProtocolsEndTheirOwnConnections() {
        assertThat(over("tcp", "10.244.0.2").isEmpty()).isTrue();
    }

    @Test
    void linesAreReadAsConntrackPrintsThem() {
        assertThat(Flow.parse("udp      17 29 src=10.9.0.11 dst=192.0.2.7 sport=40001 dport=30053 [UNREPLIED]"
                        + " src=10.244.0.2 dst=10.9.0.1 sport=5353 dport=51234 mark=0 use=1"))
                .isEqualTo(TO_NODE_PORT);
        assertThat(Flow.parse("udp      17 119 src=10.9.0.11 dst=10.96.0.10 sport=1 dport=53 packets=1 bytes=40"
                        + " src=10.244.0.2 dst=10.9.0.11 sport=5353 dport=1 packets=1 bytes=40 [ASSURED] mark=0 use=1"))
                .isEqualTo(TO_CLUSTER_IP);
        assertThat(Flow.parse("conntrack v1.4.7 (conntrack-tools): 2 flow entries have been shown."))
                .isNull();
    }
}
