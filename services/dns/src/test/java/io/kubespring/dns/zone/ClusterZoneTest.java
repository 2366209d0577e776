package io.kubespring.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.kubespring.dns.zone.Answer.Address;
import io.kubespring.dns.zone.Answer.Cname;
import io.kubespring.dns.zone.Answer.Ptr;
import io.kubespring.dns.zone.Answer.Srv;
import io.kubespring.dns.zone.Answer.Txt;
import io.kubespring.dns.zone.ClusterZone.Type;
import io.netty.util.NetUtil;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterZoneTest {

    private final ClusterZone zone = new ClusterZone("cluster.local");

    @BeforeEach
    void aNamespace() {
        zone.putNamespace("default");
    }

    private static Service service(String name, String clusterIp) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withClusterIP(clusterIp)
                .withClusterIPs(clusterIp)
                .addNewPort()
                .withName("http")
                .withProtocol("TCP")
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSlice slice(String service, String address, boolean ready, String hostname) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(service + "-" + address)
                .withNamespace("default")
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewEndpoint()
                .withAddresses(address)
                .withHostname(hostname)
                .withNewConditions()
                .withReady(ready)
                .endConditions()
                .endEndpoint()
                .addNewPort()
                .withName("http")
                .withProtocol("TCP")
                .withPort(8080)
                .endPort()
                .build();
    }

    private List<String> addresses(String name) {
        return zone.resolve(name, Type.A).records().stream()
                .map(each -> NetUtil.bytesToIpAddress(((Address) each).address()))
                .toList();
    }

    @Test
    void aServiceHasItsClusterAddress() {
        zone.put(service("web", "10.96.0.20"));
        assertThat(addresses("web.default.svc.cluster.local.")).containsExactly("10.96.0.20");
        assertThat(zone.resolve("web.default.svc.cluster.local.", Type.AAAA)).isEqualTo(Answer.NO_DATA);
    }

    @Test
    void aPortOfAServiceHasAnSrvRecordWithItsAddressBeside() {
        zone.put(service("web", "10.96.0.20"));
        Answer answer = zone.resolve("_http._tcp.web.default.svc.cluster.local.", Type.SRV);
        assertThat(answer.records())
                .containsExactly(new Srv(
                        "_http._tcp.web.default.svc.cluster.local.", 0, 100, 80, "web.default.svc.cluster.local."));
        assertThat(answer.additional()).hasSize(1);
        assertThat(zone.resolve("_https._tcp.web.default.svc.cluster.local.", Type.SRV)
                        .found())
                .isFalse();
    }

    @Test
    void aHeadlessServiceHasTheAddressesOfItsReadyEndpoints() {
        zone.put(slice("db", "10.244.0.5", true, "db-0"));
        zone.put(service("db", "None"));
        zone.put(slice("db", "10.244.0.6", true, null));
        zone.put(slice("db", "10.244.0.7", false, null));

        assertThat(addresses("db.default.svc.cluster.local.")).containsExactlyInAnyOrder("10.244.0.5", "10.244.0.6");
        assertThat(addresses("db-0.db.default.svc.cluster.local.")).containsExactly("10.244.0.5");
        assertThat(addresses("10-244-0-6.db.default.svc.cluster.local.")).containsExactly("10.244.0.6");
        assertThat(zone.resolve("_http._tcp.db.default.svc.cluster.local.", Type.SRV)
                        .records())
                .extracting(each -> ((Srv) each).target() + ((Srv) each).port())
                .containsExactlyInAnyOrder(
                        "db-0.db.default.svc.cluster.local.8080", "10-244-0-6.db.default.svc.cluster.local.8080");
    }

    @Test
    void anEndpointThatGoesTakesItsNamesAlong() {
        zone.put(service("db", "None"));
        EndpointSlice only = slice("db", "10.244.0.5", true, "db-0");
        zone.put(only);
        zone.remove(only);
        assertThat(zone.resolve("db.default.svc.cluster.local.", Type.A)).isEqualTo(Answer.NO_DATA);
        assertThat(zone.resolve("db-0.db.default.svc.cluster.local.", Type.A)).isEqualTo(Answer.NAME_ERROR);
        assertThat(zone.reverse("5.0.244.10.in-addr.arpa.")).isNull();
    }

    @Test
    void addressesLeadBackToNames() {
        zone.put(service("web", "10.96.0.20"));
        assertThat(zone.reverse("20.0.96.10.in-addr.arpa."))
                .isEqualTo(Answer.of(List.of(new Ptr("20.0.96.10.in-addr.arpa.", "web.default.svc.cluster.local."))));
        assertThat(zone.reverse("21.0.96.10.in-addr.arpa.")).isNull();
    }

    @Test
    void anExternalNameIsAnAlias() {
        Service external = service("db", "");
        external.getSpec().setType("ExternalName");
        external.getSpec().setExternalName("db.example.com");
        zone.put(external);
        assertThat(zone.resolve("db.default.svc.cluster.local.", Type.A).records())
                .containsExactly(new Cname("db.default.svc.cluster.local.", "db.example.com."));
    }

    @Test
    void aPodIsNamedByItsAddress() {
        assertThat(addresses("10-244-0-9.default.pod.cluster.local.")).containsExactly("10.244.0.9");
        assertThat(zone.resolve("10-244-0-9.nowhere.pod.cluster.local.", Type.A))
                .isEqualTo(Answer.NAME_ERROR);
        assertThat(zone.resolve("web.default.pod.cluster.local.", Type.A)).isEqualTo(Answer.NAME_ERROR);
    }

    @Test
    void emptyNamesOnTheWayExistWithoutData() {
        zone.put(service("web", "10.96.0.20"));
        for (String name : List.of("cluster.local.", "svc.cluster.local.", "default.svc.cluster.local.")) {
            assertThat(zone.resolve(name, Type.A)).as(name).isEqualTo(Answer.NO_DATA);
        }
        assertThat(zone.resolve("nowhere.svc.cluster.local.", Type.A)).isEqualTo(Answer.NAME_ERROR);
        assertThat(zone.resolve("x.web.default.svc.cluster.local.", Type.A)).isEqualTo(Answer.NAME_ERROR);
    }

    @Test
    void theVersionOfTheSpecificationIsTold() {
        assertThat(zone.resolve("dns-version.cluster.local.", Type.TXT).records())
                .containsExactly(new Txt("dns-version.cluster.local.", "1.1.0"));
    }

    @Test
    void onlyWholeLabelsBelongToTheZone() {
        assertThat(zone.contains("web.default.svc.cluster.local.")).isTrue();
        assertThat(zone.contains("notcluster.local.")).isFalse();
        assertThat(zone.contains("example.com.")).isFalse();
    }
}
