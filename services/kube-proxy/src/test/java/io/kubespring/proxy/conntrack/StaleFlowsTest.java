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
        return Map.of("dns", new ServicePort("dns", "udp", "10.96.0.10", 53, 0, List.of(), 0, false, false, backends));
    }

    @Test
    void flowsToABackendThatWentAreForgotten() {
        assertThat(StaleFlows.commands(dns("10.244.0.2", "10.244.0.3"), dns("10.244.0.3")))
                .containsExactly(
                        List.of("conntrack", "-D", "--orig-dst", "10.96.0.10", "--dst-nat", "10.244.0.2", "-p", "udp"));
    }

    @Test
    void flowsThatFoundNobodyAreForgottenOnceThereIsSomebody() {
        assertThat(StaleFlows.commands(dns(), dns("10.244.0.2")))
                .containsExactly(List.of("conntrack", "-D", "--orig-dst", "10.96.0.10", "-p", "udp"));
    }

    @Test
    void nothingChangedNothingForgotten() {
        assertThat(StaleFlows.commands(dns("10.244.0.2"), dns("10.244.0.2"))).isEmpty();
    }
}
