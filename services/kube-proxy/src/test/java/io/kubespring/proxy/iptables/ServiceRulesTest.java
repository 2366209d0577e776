package io.kubespring.proxy.iptables;

import static io.kubespring.proxy.Samples.NODE;
import static io.kubespring.proxy.Samples.nodePort;
import static io.kubespring.proxy.Samples.service;
import static io.kubespring.proxy.Samples.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.kubespring.proxy.model.ServiceMap;
import org.junit.jupiter.api.Test;

class ServiceRulesTest {

    private static final String PODS = "10.244.0.0/16";

    private static ServiceRules rules(Service service, String... addresses) {
        var services = new ServiceMap(NODE);
        services.put(service);
        if (addresses.length > 0) {
            services.put(slice("web", addresses));
        }
        return ServiceRules.of(services.takeChanges().get("default/web").getFirst(), PODS);
    }

    @Test
    void aClusterAddressLeadsToEachBackendWithEqualChance() {
        ServiceRules rules = rules(service("web").build(), "10.244.0.2", "10.244.0.3", "10.244.0.4");
        assertThat(rules.portals())
                .singleElement()
                .asString()
                .startsWith("-d 10.96.0.20/32 -p tcp -m tcp --dport 80 ")
                .contains("\"default/web:http cluster IP\" -j KUBE-SVC-");
        String chain = rules.natChains().keySet().iterator().next();
        assertThat(rules.natChains().get(chain))
                .hasSize(4)
                .anySatisfy(each -> assertThat(each).contains("--probability 0.3333333333 "))
                .anySatisfy(each -> assertThat(each).contains("--probability 0.5000000000 "))
                .last()
                .asString()
                .doesNotContain("statistic");
        assertThat(rules.natChains()).hasSize(4);
        assertThat(rules.natChains().toString()).contains("-j DNAT --to-destination 10.244.0.3:8080");
    }

    @Test
    void chainNamesAreUpstreams() {
        var kubernetes = service("kubernetes")
                .editSpec()
                .editFirstPort()
                .withName("https")
                .withPort(443)
                .endPort()
                .endSpec()
                .build();
        var services = new ServiceMap(NODE);
        services.put(kubernetes);
        assertThat(ChainNames.cluster(
                        services.takeChanges().get("default/kubernetes").getFirst()))
                .isEqualTo("KUBE-SVC-NPX46M4PTMTKRN6Y");
    }

    @Test
    void withoutBackendsConnectionsAreRefused() {
        ServiceRules rules = rules(nodePort("web", 30080));
        assertThat(rules.portals()).isEmpty();
        assertThat(rules.rejections()).singleElement().asString().endsWith("has no endpoints\" -j REJECT");
        assertThat(rules.externalRejections()).singleElement().asString().contains("--dport 30080 ");
    }

    @Test
    void externalTrafficPolicyLocalKeepsTheClientsAddressAndStaysHere() {
        Service service = nodePort("web", 30080);
        service.getSpec().setExternalTrafficPolicy("Local");
        ServiceRules rules = rules(service, "10.244.0.2", "10.244.1.3");
        String external = rules.natChains().keySet().stream()
                .filter(each -> each.startsWith("KUBE-EXT-"))
                .findFirst()
                .orElseThrow();
        assertThat(rules.natChains().get(external)).last().asString().startsWith("-j KUBE-SVL-");
        String local = rules.natChains().keySet().stream()
                .filter(each -> each.startsWith("KUBE-SVL-"))
                .findFirst()
                .orElseThrow();
        assertThat(rules.natChains().get(local)).singleElement().asString().contains("10.244.0.2:8080");
    }

    @Test
    void sessionAffinityRemembersTheBackend() {
        Service service = service("web")
                .editSpec()
                .withSessionAffinity("ClientIP")
                .withNewSessionAffinityConfig()
                .withNewClientIP()
                .withTimeoutSeconds(60)
                .endClientIP()
                .endSessionAffinityConfig()
                .endSpec()
                .build();
        ServiceRules rules = rules(service, "10.244.0.2");
        assertThat(rules.natChains().toString()).contains("--rcheck --seconds 60 --reap", "--set ");
    }

    private static Service balanced(String policy, String... ranges) {
        return service("web")
                .editSpec()
                .withType("LoadBalancer")
                .withExternalTrafficPolicy(policy)
                .withExternalIPs("198.51.100.7")
                .withLoadBalancerSourceRanges(ranges)
                .endSpec()
                .withNewStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withIp("203.0.113.5")
                .endIngress()
                .endLoadBalancer()
                .endStatus()
                .build();
    }

    private static String only(ServiceRules rules, String prefix) {
        return rules.natChains().keySet().stream()
                .filter(each -> each.startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutLocalBackendsOnlyWhoIsInsideGetsThrough() {
        ServiceRules rules = rules(balanced("Local"), "10.244.1.3");
        assertThat(rules.externalRejections())
                .hasSize(2)
                .allMatch(each -> each.endsWith("has no local endpoints\" -j DROP"));
        assertThat(rules.natChains().get(only(rules, "KUBE-EXT-")))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("-s " + PODS);
        assertThat(rules.natChains().keySet()).noneMatch(each -> each.startsWith("KUBE-SVL-"));
    }

    @Test
    void onlyClientsOfTheSourceRangesUseTheLoadBalancersAddress() {
        ServiceRules rules =
                rules(balanced("Cluster", "192.0.2.0/24", " 198.51.100.0/24 ", "2001:db8::/32"), "10.244.0.2");
        String firewall = only(rules, "KUBE-FW-");
        assertThat(rules.natChains().get(firewall))
                .hasSize(2)
                .allMatch(each -> each.contains("-j KUBE-EXT-"))
                .satisfies(each -> assertThat(each.get(1)).startsWith("-s 198.51.100.0/24 "));
        assertThat(rules.portals())
                .anyMatch(each -> each.startsWith("-d 203.0.113.5/32 ") && each.endsWith("-j " + firewall))
                .anyMatch(each -> each.startsWith("-d 198.51.100.7/32 ") && each.contains("-j KUBE-EXT-"));
        assertThat(rules.firewall())
                .singleElement()
                .asString()
                .startsWith("-d 203.0.113.5/32 ")
                .endsWith("-j DROP");
    }

    @Test
    void internalTrafficPolicyLocalStaysHereOrIsDropped() {
        Service service = service("web")
                .editSpec()
                .withInternalTrafficPolicy("Local")
                .endSpec()
                .build();
        ServiceRules rules = rules(service, "10.244.0.2", "10.244.1.3");
        assertThat(rules.portals()).singleElement().asString().contains("-j KUBE-SVL-");
        assertThat(rules.natChains().toString()).doesNotContain("10.244.1.3");
        assertThat(rules(service, "10.244.1.3").rejections())
                .singleElement()
                .asString()
                .endsWith("has no local endpoints\" -j DROP");
    }
}
