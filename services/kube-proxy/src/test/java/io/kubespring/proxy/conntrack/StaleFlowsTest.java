package io.kubespring.proxy.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.proxy.model.Backend;
import io.kubespring.proxy.model.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StaleFlowsTest {

    private static Map<String, ServicePort> dns(String... ips) {
        List<Backend> backends = Stream.of(ips)
                .map(each -> new Backend(each, 53, true, true, true, false))
                .toList();
        return Map.of(
                "dns",
                new ServicePort(
                        "dns",
                        "udp",
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
                        backends));
    }

    private static List<String> commands(Map<String, ServicePort> former, Map<String, ServicePort> next) {
        return StaleFlows.commands(former, next).stream()
                .map(each -> String.join(" ", each))
                .toList();
    }

    @Test
    void flowsToABackendThatWentAreForgottenAtEveryAddress() {
        assertThat(commands(dns("10.244.0.2", "10.244.0.3"), dns("10.244.0.3")))
                .containsExactly(
                        "conntrack -D -p udp --orig-dst 10.96.0.10 --orig-port-dst 53 --reply-src 10.244.0.2"
                                + " --reply-port-src 53",
                        "conntrack -D -p udp --orig-dst 203.0.113.1 --orig-port-dst 53 --reply-src 10.244.0.2"
                                + " --reply-port-src 53",
                        "conntrack -D -p udp --orig-dst 203.0.113.2 --orig-port-dst 53 --reply-src 10.244.0.2"
                                + " --reply-port-src 53",
                        "conntrack -D -p udp --orig-port-dst 30053 --reply-src 10.244.0.2 --reply-port-src 53");
    }

    @Test
    void flowsThatFoundNobodyAreForgottenOnceThereIsSomebody() {
        assertThat(commands(dns(), dns("10.244.0.2")))
                .containsExactly(
                        "conntrack -D -p udp --orig-dst 10.96.0.10 --orig-port-dst 53",
                        "conntrack -D -p udp --orig-dst 203.0.113.1 --orig-port-dst 53",
                        "conntrack -D -p udp --orig-dst 203.0.113.2 --orig-port-dst 53",
                        "conntrack -D -p udp --orig-port-dst 30053");
    }

    @Test
    void aServiceThatGoesTakesItsFlowsAlong() {
        assertThat(commands(dns("10.244.0.2"), Map.of())).hasSize(4).allMatch(each -> each.contains("10.244.0.2"));
    }

    @Test
    void nothingChangedNothingForgotten() {
        assertThat(commands(dns("10.244.0.2"), dns("10.244.0.2"))).isEmpty();
    }
}
