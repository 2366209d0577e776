package io.kubespring.apiserver.strategies.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.kinds.service.PortRange;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** "IPv4/IPv6 dual-stack": how a Service gets, keeps and loses its second family; and what changes of type give back. */
class DualStackTest {

    private static final String SERVICES = TestServer.NS + "/services";
    private static final TestServer SERVER = new TestServer(dualStack());

    private static ApiServerConfig dualStack() {
        var open = ApiServerConfig.open();
        return new ApiServerConfig(
                open.security(),
                List.of("10.96.0.0/16", "fd00:10::/112"),
                new PortRange(30000, 30031),
                open.eventTimeToLive(),
                open.network(),
                open.extensionAuthentication(),
                open.kubelets(),
                open.storeChecks(),
                open.limits(),
                open.features(),
                false);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static Reply create(String name, String spec) {
        return SERVER.post(SERVICES, "{'metadata':{'name':'" + name + "'},'spec':" + spec + "}");
    }

    private static Reply patch(String name, String spec) {
        return SERVER.patch(SERVICES + "/" + name, "merge", "{'spec':" + spec + "}");
    }

    private static boolean claimed(Object address) {
        return SERVER.get("/apis/networking.k8s.io/v1/ipaddresses/" + address).status() == 200;
    }

    @Test
    void oneFamilyIsTheDefault() {
        Reply made = create("single", "{'ports':[{'port':80}]}");
        assertThat(made.at("/spec/ipFamilyPolicy").asString()).isEqualTo("SingleStack");
        assertThat(made.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv4\"]");
    }

    @Test
    void aServiceIsUpgradedAndDowngradedByItsPolicy() {
        Reply made = create("grown", "{'ports':[{'port':80}]}");
        String first = made.at("/spec/clusterIP").asString();
        Reply grown = patch("grown", "{'ipFamilyPolicy':'PreferDualStack'}");
        assertThat(grown.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv4\",\"IPv6\"]");
        String second = grown.at("/spec/clusterIPs/1").asString();
        assertThat(second).startsWith("fd00:10::");
        assertThat(grown.at("/spec/clusterIPs/0").asString()).isEqualTo(first);
        assertThat(claimed(second)).isTrue();
        Reply shrunk = patch("grown", "{'ipFamilyPolicy':'SingleStack'}");
        assertThat(shrunk.at("/spec/clusterIPs").toString()).isEqualTo("[\"" + first + "\"]");
        assertThat(shrunk.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv4\"]");
        assertThat(claimed(second)).isFalse();
        assertThat(claimed(first)).isTrue();
    }

    @Test
    void theSecondAddressOnlyGoesWithThePolicy() {
        String first = create("kept", "{'ipFamilyPolicy':'RequireDualStack','ports':[{'port':80}]}")
                .at("/spec/clusterIP")
                .asString();
        assertThat(patch("kept", "{'clusterIPs':['" + first + "'],'ipFamilies':['IPv4']}")
                        .message())
                .isEqualTo(
                        "Service \"kept\" is invalid: [spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": must"
                                + " be 'SingleStack' to release the secondary cluster IP, spec.ipFamilyPolicy: Invalid"
                                + " value: \"RequireDualStack\": must be 'SingleStack' to release the secondary IP"
                                + " family]");
    }

    @Test
    void twoFamiliesNeedAPolicyThatAllowsThem() {
        assertThat(create("two", "{'ipFamilies':['IPv4','IPv6'],'ports':[{'port':80}]}")
                        .message())
                .isEqualTo("Service \"two\" is invalid: spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be"
                        + " 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified");
    }

    @Test
    void theFamilyOfANamedAddressIsInferred() {
        Reply made = create("six", "{'clusterIP':'fd00:10::77','ports':[{'port':80}]}");
        assertThat(made.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv6\"]");
        assertThat(made.at("/spec/ipFamilyPolicy").asString()).isEqualTo("SingleStack");
    }

    @Test
    void becomingAnAliasReleasesBothAddressesAndComingBackAllocates() {
        Reply made = create("alias", "{'ipFamilyPolicy':'PreferDualStack','type':'NodePort','ports':[{'port':80}]}");
        String one = made.at("/spec/clusterIPs/0").asString();
        String two = made.at("/spec/clusterIPs/1").asString();
        Reply alias = patch("alias", "{'type':'ExternalName','externalName':'a.example'}");
        assertThat(alias.at("/spec/clusterIPs").isMissingNode()).isTrue();
        assertThat(claimed(one)).isFalse();
        assertThat(claimed(two)).isFalse();
        Reply back = patch("alias", "{'type':'ClusterIP','externalName':null}");
        assertThat(back.status()).isEqualTo(200);
        assertThat(claimed(back.at("/spec/clusterIP").asString())).isTrue();
    }

    @Test
    void whatFailsLaterReleasesWhatWasTaken() {
        create("taken", "{'type':'NodePort','ports':[{'port':80,'nodePort':30003}]}");
        Reply refused =
                create("late", "{'clusterIP':'10.96.0.50','type':'NodePort','ports':[{'port':80,'nodePort':30003}]}");
        assertThat(refused.message())
                .contains("spec.ports[0].nodePort: Invalid value: 30003: provided port is already");
        assertThat(claimed("10.96.0.50")).isFalse();
        assertThat(create("taken", "{'clusterIP':'10.96.0.51','ports':[{'port':80}]}")
                        .status())
                .isEqualTo(409);
        assertThat(claimed("10.96.0.51")).isFalse();
    }

    @Test
    void aDryRunAllocatesNothing() {
        Reply dry = SERVER.post(
                SERVICES + "?dryRun=All",
                "{'metadata':{'name':'dry'},'spec':{'clusterIP':'10.96.0.60','type':'NodePort','ports':[{'port':80}]}}");
        assertThat(dry.status()).isEqualTo(201);
        assertThat(dry.at("/spec/ports/0/nodePort").asInt()).isBetween(30000, 30031);
        assertThat(claimed("10.96.0.60")).isFalse();
        create("real", "{'clusterIP':'10.96.0.60','ports':[{'port':80}]}");
        Reply refused = SERVER.post(
                SERVICES + "?dryRun=All",
                "{'metadata':{'name':'dry'},'spec':{'clusterIP':'10.96.0.60','ports':[{'port':80}]}}");
        assertThat(refused.message()).contains("provided IP is already allocated");
    }

    @Test
    void healthChecksOfALoadBalancerHaveAPortOfTheirOwnWhileTheyAreLocal() {
        Reply made =
                create("balanced", "{'type':'LoadBalancer','externalTrafficPolicy':'Local','ports':[{'port':80}]}");
        int port = made.at("/spec/healthCheckNodePort").asInt();
        assertThat(port).isBetween(30000, 30031);
        String probe =
                "{'metadata':{'name':'x'},'spec':{'type':'NodePort','ports':[{'port':80,'nodePort':" + port + "}]}}";
        assertThat(SERVER.post(SERVICES + "?dryRun=All", probe).message())
                .contains("provided port is already allocated");
        Reply changed = patch("balanced", "{'externalTrafficPolicy':'Cluster'}");
        assertThat(changed.at("/spec/healthCheckNodePort").isMissingNode()).isTrue();
        assertThat(SERVER.post(SERVICES + "?dryRun=All", probe).status()).isEqualTo(201);
    }

    @Test
    void allocationIsCounted() {
        create("counted", "{'ports':[{'port':80}]}");
        assertThat(SERVER.metrics
                        .get("kube_apiserver_clusterip_allocator_allocation_total")
                        .tags("cidr", "10.96.0.0/16", "scope", "dynamic")
                        .counter()
                        .count())
                .isPositive();
        assertThat(SERVER.metrics
                        .get("kube_apiserver_clusterip_allocator_allocated_ips")
                        .tag("cidr", "10.96.0.0/16")
                        .gauge()
                        .value())
                .isPositive();
        assertThat(SERVER.metrics
                        .get("kube_apiserver_nodeport_allocator_available_ports")
                        .gauge()
                        .value())
                .isLessThanOrEqualTo(32);
    }

    @Test
    void aFurtherRangeIsUsedAndOneThatIsNotReadyIsNot() {
        String cidrs = "/apis/networking.k8s.io/v1/servicecidrs";
        assertThat(create("far", "{'clusterIP':'10.200.0.9','ports':[{'port':80}]}")
                        .message())
                .contains("the provided network does not match the current range");
        SERVER.post(cidrs, "{'metadata':{'name':'kubernetes'},'spec':{'cidrs':['10.96.0.0/16','fd00:10::/112']}}");
        SERVER.post(cidrs, "{'metadata':{'name':'more'},'spec':{'cidrs':['10.200.0.0/24']}}");
        TestServer.await(() -> create("far", "{'clusterIP':'10.200.0.9','ports':[{'port':80}]}")
                        .status()
                == 201);
        SERVER.patch(
                cidrs + "/more/status",
                "merge",
                "{'status':{'conditions':[{'type':'Ready','status':'False','reason':'x',"
                        + "'message':'','lastTransitionTime':'2026-01-01T00:00:00Z'}]}}");
        TestServer.await(() -> create("further", "{'clusterIP':'10.200.0.10','ports':[{'port':80}]}")
                .message()
                .contains("the provided network does not match the current range"));
        SERVER.delete(cidrs + "/more");
        SERVER.delete(cidrs + "/kubernetes");
        TestServer.await(() -> create("again", "{'clusterIP':'10.96.0.88','ports':[{'port':80}]}")
                        .status()
                == 201);
    }
}
