package io.kubespring.apiserver.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupResource;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.metrics.ApiServerMetric;
import io.kubespring.kinds.service.PortRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a crash or a careless hand leaves behind, and what repair makes of it. */
class RepairTest {

    private static final GroupResource SERVICES = new GroupResource("", "services");

    private final AllocationFixture cluster = new AllocationFixture(new PortRange(30000, 30063), "10.96.0.0/24");
    private final List<String> events = new ArrayList<>();
    private final Ledger addresses = cluster.allocations.addresses().ledger();
    private final Ledger ports = cluster.allocations.ports().ledger();
    private final AddressRepair addressRepair = new AddressRepair(
            cluster.allocations.addresses(),
            cluster.objects,
            cluster.time,
            new RepairReports(this::event, cluster.metrics, ApiServerMetric.CLUSTER_IP_REPAIR_ERRORS));
    private final NodePortRepair portRepair = new NodePortRepair(
            cluster.allocations.ports(),
            cluster.objects,
            new RepairReports(this::event, cluster.metrics, ApiServerMetric.NODE_PORT_REPAIR_ERRORS));

    private void event(JsonNode about, String reason, String message) {
        events.add(about.path("metadata").path("name").asString("") + " " + reason + ": " + message);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void service(String name, String spec) {
        cluster.objects.put(SERVICES, (ObjectNode) Json.read(("{'apiVersion':'v1','kind':'Service','metadata':{'name':'"
                        + name + "','namespace':'default'},'spec':" + spec + "}")
                .replace('\'', '"')));
    }

    private void claim(Ledger ledger, String name, String service) {
        ledger.claim(name, new Holder("default", service)).join();
    }

    private boolean taken(Ledger ledger, String name) {
        return ledger.isTaken(name).join();
    }

    @Test
    void anAddressWithoutItsObjectGetsOne() {
        service("a", "{'clusterIP':'10.96.0.9','clusterIPs':['10.96.0.9']}");
        addressRepair.run();
        assertThat(events)
                .containsExactly("a ClusterIPNotAllocated: Cluster IP [IPv4]: 10.96.0.9 is not allocated; repairing");
        JsonNode record = Json.readObject(
                cluster.store.get("/registry/ipaddresses/10.96.0.9").join().value());
        assertThat(record.at("/metadata/labels").toString())
                .isEqualTo("{\"ipaddress.kubernetes.io/ip-family\":\"IPv4\","
                        + "\"ipaddress.kubernetes.io/managed-by\":\"ipallocator.k8s.io\"}");
        assertThat(record.at("/spec/parentRef").toString())
                .isEqualTo("{\"resource\":\"services\",\"namespace\":\"default\",\"name\":\"a\"}");
        addressRepair.run();
        assertThat(events).hasSize(1);
    }

    @Test
    void anAddressWithoutItsServiceGoesAfterAMinute() {
        claim(addresses, "10.96.0.9", "gone");
        addressRepair.run();
        assertThat(taken(addresses, "10.96.0.9")).isTrue();
        cluster.time.advance(Duration.ofSeconds(61));
        addressRepair.run();
        assertThat(taken(addresses, "10.96.0.9")).isFalse();
        assertThat(events)
                .containsExactly("10.96.0.9 IPAddressNotAllocated: IPAddress: 10.96.0.9 for Service default/gone"
                        + " appears to have leaked: cleaning up");
        assertThat(cluster.metrics
                        .get("apiserver_clusterip_repair_ip_errors_total")
                        .tag("type", "leak")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anAddressOfAnotherServiceIsHandedOver() {
        service("a", "{'clusterIP':'10.96.0.9','clusterIPs':['10.96.0.9']}");
        claim(addresses, "10.96.0.9", "gone");
        addressRepair.run();
        assertThat(events)
                .containsExactly("a ClusterIPNotAllocated: the ClusterIP [IPv4]: 10.96.0.9 for Service default/a has a"
                        + " wrong reference; repairing");
        addressRepair.run();
        assertThat(events).hasSize(1);
    }

    @Test
    void twoServicesWithOneAddressAreReported() {
        service("a", "{'clusterIP':'10.96.0.9','clusterIPs':['10.96.0.9']}");
        service("b", "{'clusterIP':'10.96.0.9','clusterIPs':['10.96.0.9']}");
        claim(addresses, "10.96.0.9", "a");
        addressRepair.run();
        assertThat(events)
                .containsExactly("b ClusterIPAlreadyAllocated: Cluster IP [IPv4]:10.96.0.9 was assigned to multiple"
                        + " services; please recreate service");
    }

    @Test
    void anAddressOutsideEveryBlockIsReported() {
        service("a", "{'clusterIP':'10.97.0.9','clusterIPs':['10.97.0.9']}");
        addressRepair.run();
        assertThat(events)
                .containsExactly("a ClusterIPOutOfRange: Cluster IP [IPv4]: 10.97.0.9 is not within any configured"
                        + " Service CIDR; please recreate service");
    }

    @Test
    void headlessAndExternalServicesNeedNothing() {
        service("a", "{'clusterIP':'None','clusterIPs':['None']}");
        service("b", "{'type':'ExternalName','externalName':'b.example'}");
        addressRepair.run();
        portRepair.run();
        assertThat(events).isEmpty();
    }

    @Test
    void aPortWithoutItsClaimGetsOne() {
        service("a", "{'ports':[{'port':80,'nodePort':30001}],'healthCheckNodePort':30002}");
        portRepair.run();
        assertThat(events)
                .containsExactly(
                        "a PortNotAllocated: Port 30001 is not allocated; repairing",
                        "a PortNotAllocated: Port 30002 is not allocated; repairing");
        assertThat(taken(ports, "30001")).isTrue();
        portRepair.run();
        assertThat(events).hasSize(2);
    }

    @Test
    void aClaimOfAPortThatNobodyUsesGoesInTheThirdPass() {
        claim(ports, "30001", "gone");
        portRepair.run();
        portRepair.run();
        assertThat(taken(ports, "30001")).isTrue();
        portRepair.run();
        assertThat(taken(ports, "30001")).isFalse();
    }

    @Test
    void aClaimThatIsUsedAgainInBetweenIsNoLeak() {
        claim(ports, "30001", "a");
        portRepair.run();
        portRepair.run();
        service("a", "{'ports':[{'port':80,'nodePort':30001}]}");
        portRepair.run();
        portRepair.run();
        assertThat(taken(ports, "30001")).isTrue();
    }

    @Test
    void portsOutsideTheRangeOrOfTwoServicesAreReported() {
        service("a", "{'ports':[{'port':80,'nodePort':31000}]}");
        service("b", "{'ports':[{'port':80,'nodePort':31000}]}");
        portRepair.run();
        assertThat(events)
                .containsExactly(
                        "a PortOutOfRange: Port 31000 is not within the port range 30000-30063; please recreate"
                                + " service",
                        "b PortAlreadyAllocated: Port 31000 was assigned to multiple services; please recreate"
                                + " service");
    }
}
