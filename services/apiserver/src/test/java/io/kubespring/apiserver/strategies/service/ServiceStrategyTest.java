package io.kubespring.apiserver.strategies.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.allocation.AllocationFixture;
import io.kubespring.apiserver.registry.Attempts;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.defaulting.Defaults;
import io.kubespring.kinds.service.PortRange;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ServiceStrategyTest {

    private static final GroupVersionKind SERVICE = GroupVersionKind.of("v1", "Service");

    private final Attempts pipeline = new Attempts("", "v1", "services");
    private final AllocationFixture cluster = new AllocationFixture(new PortRange(30000, 30063), "10.96.0.0/24");
    private final ServiceStrategy strategy = new ServiceStrategy(cluster.allocations);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void clusterIpComesFromAboveTheLowerBand() {
        ObjectNode service = create("a", "{'ports':[{'port':80}]}");
        assertThat(service.at("/spec/clusterIP").asString()).startsWith("10.96.0.");
        assertThat(lastByte(service)).isGreaterThanOrEqualTo(16);
        assertThat(service.at("/spec/clusterIPs/0")).isEqualTo(service.at("/spec/clusterIP"));
        assertThat(service.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv4\"]");
        assertThat(service.at("/spec/ipFamilyPolicy").asString()).isEqualTo("SingleStack");
        assertThat(service.at("/status").toString()).isEqualTo("{\"loadBalancer\":{}}");
        assertThat(service.at("/spec/ports/0/nodePort").isMissingNode()).isTrue();
    }

    @Test
    void aTakenAddressIsRefusedInUpstreamsWords() {
        create("a", "{'clusterIP':'10.96.0.10','ports':[{'port':80}]}");
        assertThatThrownBy(() -> create("b", "{'clusterIP':'10.96.0.10','ports':[{'port':80}]}"))
                .isInstanceOf(StatusException.class)
                .hasMessage("Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: failed to"
                        + " allocate IP 10.96.0.10: provided IP is already allocated");
    }

    @Test
    void anAddressOutsideTheRangeIsRefused() {
        assertThatThrownBy(() -> create("b", "{'clusterIP':'10.97.0.10','ports':[{'port':80}]}"))
                .hasMessageContaining(
                        "failed to allocate IP 10.97.0.10: the provided network does not match the current range");
        assertThatThrownBy(() -> create("c", "{'clusterIP':'10.96.0.255','ports':[{'port':80}]}"))
                .hasMessageContaining("failed to allocate IP 10.96.0.255: the provided IP (10.96.0.255) is not in the"
                        + " valid range. The range of valid IPs is 10.96.0.0/24");
    }

    @Test
    void aTakenNodePortIsRefusedInUpstreamsWords() {
        create("a", "{'type':'NodePort','ports':[{'port':80,'nodePort':30005}]}");
        assertThatThrownBy(() -> create("b", "{'type':'NodePort','ports':[{'port':80,'nodePort':30005}]}"))
                .hasMessage("Service \"b\" is invalid: spec.ports[0].nodePort: Invalid value: 30005: provided port is"
                        + " already allocated");
        assertThatThrownBy(() -> create("c", "{'type':'NodePort','ports':[{'port':80,'nodePort':80}]}"))
                .hasMessage(
                        "Service \"c\" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in"
                                + " the valid range. The range of valid ports is 30000-30063");
    }

    @Test
    void bothProtocolsOfOnePortShareANodePort() {
        ObjectNode dns = create(
                "dns", "{'type':'NodePort','ports':[{'name':'u','port':53,'protocol':'UDP'},{'name':'t','port':53}]}");
        assertThat(dns.at("/spec/ports/0/nodePort")).isEqualTo(dns.at("/spec/ports/1/nodePort"));
        assertThat(dns.at("/spec/ports/0/nodePort").asInt()).isBetween(30016, 30063);
    }

    @Test
    void headlessServiceHasNoAddress() {
        ObjectNode selected = create("a", "{'clusterIP':'None','selector':{'a':'b'}}");
        assertThat(selected.at("/spec/clusterIPs").toString()).isEqualTo("[\"None\"]");
        assertThat(selected.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv4\"]");
        ObjectNode unselected = create("b", "{'clusterIP':'None'}");
        assertThat(unselected.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv4\",\"IPv6\"]");
        assertThat(unselected.at("/spec/ipFamilyPolicy").asString()).isEqualTo("RequireDualStack");
    }

    @Test
    void dualStackNeedsADualStackCluster() {
        assertThatThrownBy(() -> create("a", "{'ipFamilyPolicy':'RequireDualStack','ports':[{'port':80}]}"))
                .hasMessageContaining("spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not"
                        + " configured for dual-stack services");
        try (var both = new AllocationFixture(PortRange.NODE_PORTS, "10.96.0.0/24", "fd00::/108")) {
            ObjectNode service = service("a", "{'ipFamilyPolicy':'PreferDualStack','ports':[{'port':80}]}");
            new ServiceStrategy(both.allocations).prepareForCreate(service, pipeline.attempt());
            assertThat(service.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv4\",\"IPv6\"]");
            assertThat(service.at("/spec/clusterIPs/1").asString()).startsWith("fd00::");
        }
    }

    @Test
    void anUpdateThatLeavesAllocatedFieldsOutKeepsThem() {
        ObjectNode current = create("a", "{'type':'NodePort','ports':[{'port':80},{'name':'x','port':81}]}");
        ObjectNode next = service("a", "{'type':'NodePort','ports':[{'name':'x','port':81},{'port':80}]}");
        update(next, current);
        assertThat(next.at("/spec/clusterIP")).isEqualTo(current.at("/spec/clusterIP"));
        assertThat(next.at("/spec/ports/0/nodePort")).isEqualTo(current.at("/spec/ports/1/nodePort"));
        assertThat(next.at("/spec/ports/1/nodePort")).isEqualTo(current.at("/spec/ports/0/nodePort"));
    }

    @Test
    void becomingInternalGivesTheNodePortsBack() {
        ObjectNode current = create("a", "{'type':'NodePort','ports':[{'port':80,'nodePort':30001}]}");
        ObjectNode next = changed(current, spec -> spec.put("type", "ClusterIP"));
        update(next, current);
        assertThat(next.at("/spec/ports/0/nodePort").isMissingNode()).isTrue();
        assertThat(next.at("/spec/externalTrafficPolicy").isMissingNode()).isTrue();
        create("b", "{'type':'NodePort','ports':[{'port':80,'nodePort':30001}]}");
    }

    @Test
    void becomingAnAliasGivesTheAddressBack() {
        ObjectNode current = create("a", "{'clusterIP':'10.96.0.7','ports':[{'port':80}]}");
        ObjectNode next =
                changed(current, spec -> spec.put("type", "ExternalName").put("externalName", "a.example"));
        update(next, current);
        assertThat(next.at("/spec/clusterIP").isMissingNode()).isTrue();
        assertThat(next.at("/spec/ipFamilies").isMissingNode()).isTrue();
        create("b", "{'clusterIP':'10.96.0.7','ports':[{'port':80}]}");
    }

    @Test
    void anAbortedAttemptAndADeletionGiveEverythingBack() {
        ObjectNode service = service("a", "{'clusterIP':'10.96.0.7','type':'NodePort','ports':[{'port':80}]}");
        Context attempt = pipeline.attempt();
        strategy.prepareForCreate(service, attempt);
        Attempts.claim(attempt);
        Attempts.abort(attempt);
        ObjectNode again = create("a", "{'clusterIP':'10.96.0.7','ports':[{'port':80}]}");
        Context deletion = pipeline.attempt();
        strategy.afterDelete(again, deletion);
        Attempts.settle(deletion);
        create("b", "{'clusterIP':'10.96.0.7','ports':[{'port':80}]}");
    }

    @Test
    void nothingIsGivenAwayTwiceUnderConcurrencyAndAFullRangeSaysSo() throws Exception {
        Set<String> addresses = ConcurrentHashMap.newKeySet();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 254; i++) {
                String name = "s" + i;
                workers.submit(() -> addresses.add(create(name, "{'ports':[{'port':80}]}")
                        .at("/spec/clusterIP")
                        .asString()));
            }
        }
        assertThat(addresses).hasSize(254);
        assertThat(new HashSet<>(addresses)).doesNotContain("10.96.0.0", "10.96.0.255");
        assertThatThrownBy(() -> create("more", "{'ports':[{'port':80}]}"))
                .hasMessageContaining("Internal error occurred: failed to allocate a serviceIP: range is full");
    }

    private ObjectNode create(String name, String spec) {
        while (true) {
            ObjectNode service = service(name, spec);
            Context attempt = pipeline.attempt();
            strategy.prepareForCreate(service, attempt);
            if (Attempts.claim(attempt)) {
                Attempts.commit(attempt);
                strategy.afterWrite(null, service, attempt);
                return service;
            }
        }
    }

    private void update(ObjectNode next, ObjectNode current) {
        Context attempt = pipeline.attempt();
        strategy.prepareForUpdate(next, current, attempt);
        assertThat(Attempts.claim(attempt)).isTrue();
        Attempts.commit(attempt);
        strategy.afterWrite(current, next, attempt);
        Attempts.settle(attempt);
    }

    private static ObjectNode changed(ObjectNode current, Consumer<ObjectNode> change) {
        ObjectNode next = current.deepCopy();
        change.accept((ObjectNode) next.get("spec"));
        Defaults.apply(SERVICE, next);
        return next;
    }

    private static ObjectNode service(String name, String spec) {
        ObjectNode service = (ObjectNode) Json.read("{\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"default\"},\"spec\":" + spec.replace('\'', '"') + "}");
        Defaults.apply(SERVICE, service);
        return service;
    }

    private static int lastByte(ObjectNode service) {
        String address = service.at("/spec/clusterIP").asString();
        return Integer.parseInt(address.substring(address.lastIndexOf('.') + 1));
    }
}
