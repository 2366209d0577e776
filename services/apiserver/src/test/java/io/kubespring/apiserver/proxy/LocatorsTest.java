package io.kubespring.apiserver.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.authorization.FakeObjects;
import io.kubespring.apiserver.kinds.Covers;
import io.kubespring.apiserver.streaming.KubeletEndpoints;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where requests for proxies go, and where they must not. */
class LocatorsTest {

    private final FakeObjects objects = new FakeObjects()
            .put("", "pods", pod("one", "10.1.0.1"))
            .put("", "pods", pod("two", "10.1.0.2"))
            .put("", "pods", pod("late", "10.1.0.3"))
            .put(
                    "",
                    "pods",
                    "{'metadata':{'namespace':'a','name':'bare'},'spec':{'containers':[{}]},"
                            + "'status':{'podIP':'fd00::7'}}")
            .put(
                    "",
                    "services",
                    "{'metadata':{'namespace':'a','name':'web'},'spec':{'ports':["
                            + "{'name':'http','port':80},{'name':'admin','port':81}]}}")
            .put("", "services", "{'metadata':{'namespace':'a','name':'plain'},'spec':{'ports':[{'port':80}]}}")
            .put("discovery.k8s.io", "endpointslices", slice("web-1", "web", "http", 8080, "one", "10.1.0.1", true))
            .put("discovery.k8s.io", "endpointslices", slice("web-2", "web", "http", 8080, "two", "10.1.0.2", true))
            .put("discovery.k8s.io", "endpointslices", slice("web-3", "web", "http", 8080, "late", "10.1.0.3", false))
            .put("discovery.k8s.io", "endpointslices", slice("other", "other", "http", 8080, "one", "10.1.0.1", true))
            .put("", "nodes", node("n1", "10.0.0.7"))
            .put("", "nodes", node("here", "127.0.0.1"));

    private final Locator pods = new PodLocator(objects, ProxyableAddress::allows);
    private final Locator services = new ServiceLocator(objects, RandomSource.seeded(1), ProxyableAddress::allows);
    private final Locator nodes =
            new NodeLocator(new KubeletEndpoints(objects, ApiServerConfig.Kubelets.ADDRESSES_FIRST));

    private static String pod(String name, String ip) {
        return "{'metadata':{'namespace':'a','name':'" + name + "'},'spec':{'containers':[{},{'ports':["
                + "{'containerPort':8080},{'containerPort':9090}]}]},'status':{'podIP':'" + ip + "','podIPs':[{'ip':'"
                + ip
                + "'}]}}";
    }

    private static String slice(
            String name, String service, String port, int number, String pod, String ip, boolean ready) {
        return "{'metadata':{'namespace':'a','name':'" + name + "','labels':{'kubernetes.io/service-name':'" + service
                + "'}},'ports':[{'name':'" + port + "','port':" + number + "}],'endpoints':[{'addresses':['" + ip
                + "'],'conditions':{'ready':" + ready + "},'targetRef':{'kind':'Pod','namespace':'a','name':'" + pod
                + "'}}]}";
    }

    private static String node(String name, String ip) {
        return "{'metadata':{'name':'" + name + "'},'status':{'addresses':[{'type':'Hostname','address':'h'},"
                + "{'type':'InternalIP','address':'" + ip
                + "'}],'daemonEndpoints':{'kubeletEndpoint':{'Port':10250}}}}";
    }

    private static String located(Locator locator, String id) {
        return Objects.requireNonNull(locator.locate("a", id).block()).origin();
    }

    private static void refused(Locator locator, String id, String message) {
        assertThatThrownBy(() -> located(locator, id))
                .isInstanceOf(StatusException.class)
                .hasMessage(message);
    }

    @Test
    @Covers(resource = "pods", subresource = "proxy")
    void podsByTheirFirstPortOrTheOneAskedFor() {
        assertThat(located(pods, "one")).isEqualTo("http://10.1.0.1:8080");
        assertThat(located(pods, "one:9090")).isEqualTo("http://10.1.0.1:9090");
        assertThat(located(pods, "https:one:8443")).isEqualTo("https://10.1.0.1:8443");
        assertThat(located(pods, "http:one:")).isEqualTo("http://10.1.0.1:8080");
        assertThat(located(pods, "bare")).isEqualTo("http://[fd00::7]:80");
        refused(pods, "none", "pods \"none\" not found");
        refused(pods, "ftp:one:1", "invalid pod request \"ftp:one:1\"");
        refused(pods, "a:b:c:d", "invalid pod request \"a:b:c:d\"");
        refused(pods, "one:http", "invalid pod request \"one:http\"");
    }

    @Test
    void addressesThatPodsCannotHaveAreNotConnectedTo() {
        for (String ip : List.of(
                "127.0.0.1",
                "169.254.169.254",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "fe80::1",
                "ff02::1",
                "",
                "localhost",
                "10.1")) {
            objects.put("", "pods", pod("bad", ip));
            refused(pods, "bad", "address not allowed");
        }
    }

    @Test
    @Covers(resource = "services", subresource = "proxy")
    void servicesByTheirReadyEndpoints() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            seen.add(located(services, "web:http"));
        }
        assertThat(seen).containsExactlyInAnyOrder("http://10.1.0.1:8080", "http://10.1.0.2:8080");
        assertThat(located(services, "https:web:80")).startsWith("https://10.1.0.");
        refused(services, "none", "services \"none\" not found");
        refused(services, "web:82", "no service port 82 found for service \"web\"");
        refused(services, "web", "no endpoints available for service \"web\"");
        refused(services, "web:81", "no endpoints available for service \"web:81\"");
        refused(services, "plain", "no endpoints available for service \"plain\"");
    }

    @Test
    void endpointsThatAreNoPodsAreNoTargets() {
        String port = "metadata";
        objects.put(
                "",
                "services",
                "{'metadata':{'namespace':'a','name':'evil'},'spec':{'ports':[{'port':80,'name':'" + port + "'}]}}");
        objects.put("discovery.k8s.io", "endpointslices", slice("e1", "evil", port, 80, "one", "10.99.0.1", true));
        objects.put("discovery.k8s.io", "endpointslices", slice("e2", "evil", port, 80, "none", "10.1.0.1", true));
        refused(services, "evil:80", "no endpoints available for service \"evil:80\"");
    }

    @Test
    void nodesByTheirKubeletOrAnotherPort() {
        assertThat(nodes.locate("", "n1").block())
                .isEqualTo(new Location(Location.Trust.KUBELET, "10.0.0.7", 10250))
                .isEqualTo(nodes.locate("", "n1:10250").block());
        assertThat(located(nodes, "n1:10255")).isEqualTo("http://10.0.0.7:10255");
        assertThat(located(nodes, "https:n1:9100")).isEqualTo("https://10.0.0.7:9100");
        assertThat(located(nodes, "here")).isEqualTo("https://127.0.0.1:10250");
        refused(nodes, "here:22", "address not allowed");
        refused(nodes, "n2", "nodes \"n2\" not found");
    }
}
