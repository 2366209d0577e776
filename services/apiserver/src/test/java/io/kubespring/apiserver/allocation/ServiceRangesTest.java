package io.kubespring.apiserver.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.authorization.FakeObjects;
import io.kubespring.kinds.service.AddressRange;
import io.kubespring.kinds.service.IpFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceRangesTest {

    private final FakeObjects objects = new FakeObjects();
    private final ServiceRanges ranges = new ServiceRanges(List.of("10.96.0.0/16", "fd00::/112"), objects);

    private void cidr(String name, String rest) {
        objects.put("networking.k8s.io", "servicecidrs", "{'metadata':{'name':'" + name + "'" + rest);
    }

    private List<String> usable() {
        return ranges.usable().stream().map(AddressRange::toString).toList();
    }

    @Test
    void theFlagCountsUntilThereIsAServiceCidr() {
        assertThat(usable()).containsExactly("10.96.0.0/16", "fd00::/112");
        cidr("kubernetes", "},'spec':{'cidrs':['10.96.0.0/16']}}");
        assertThat(usable()).containsExactly("10.96.0.0/16");
        assertThat(ranges.families()).containsExactly(IpFamily.IPV4, IpFamily.IPV6);
    }

    @Test
    void blocksComeAndGoWithTheirObjects() {
        cidr("kubernetes", "},'spec':{'cidrs':['10.96.0.0/16']}}");
        cidr("more", "},'spec':{'cidrs':['10.200.0.0/24','fd01::/112']}}");
        assertThat(usable()).containsExactly("10.96.0.0/16", "10.200.0.0/24", "fd01::/112");
        cidr(
                "more",
                "},'spec':{'cidrs':['10.200.0.0/24']},'status':{'conditions':[{'type':'Ready','status':'False'}]}}");
        assertThat(usable()).containsExactly("10.96.0.0/16");
        cidr(
                "more",
                "},'spec':{'cidrs':['10.200.0.0/24']},'status':{'conditions':[{'type':'Ready','status':'True'}]}}");
        assertThat(usable()).containsExactly("10.96.0.0/16", "10.200.0.0/24");
        cidr("more", ",'deletionTimestamp':'2026-01-01T00:00:00Z'},'spec':{'cidrs':['10.200.0.0/24']}}");
        assertThat(usable()).containsExactly("10.96.0.0/16");
    }

    @Test
    void nothingIsReadAgainWhileNothingChanges() {
        cidr("kubernetes", "},'spec':{'cidrs':['10.96.0.0/16']}}");
        ranges.usable();
        int parses = objects.parses();
        ranges.usable();
        assertThat(objects.parses()).isEqualTo(parses);
    }

    @Test
    void aBlockInsideAnotherIsCountedOnce() {
        cidr("a", "},'spec':{'cidrs':['10.96.0.0/16']}}");
        cidr("b", "},'spec':{'cidrs':['10.96.4.0/24']}}");
        assertThat(ranges.disjoint()).hasToString("[10.96.0.0/16]");
        assertThat(ranges.of("10.96.4.7")).isNotNull();
        assertThat(ranges.of("10.97.4.7")).isNull();
    }
}
