package io.kubespring.proxy.iptables;

import static io.kubespring.proxy.Samples.NODE;
import static io.kubespring.proxy.Samples.nodePort;
import static io.kubespring.proxy.Samples.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.node.iptables.HostIptables;
import io.kubespring.node.iptables.Iptables;
import io.kubespring.proxy.model.ServiceMap;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernel takes what is rendered, and is as it was when everything is taken away. */
@Tag("host")
class RealIptablesTest {

    private final Iptables iptables = new HostIptables();
    private final ServiceMap services = new ServiceMap(NODE);
    private final IptablesProxier proxier = new IptablesProxier(iptables, "10.244.0.0/16", "10.96.0.0/12");

    @AfterEach
    void cleanUp() throws IOException {
        IptablesProxier.cleanUp(iptables);
        assertThat(iptables.save("nat") + iptables.save("filter")).doesNotContain("KUBE-");
    }

    private void sync() throws IOException {
        proxier.apply(services.takeChanges());
    }

    @Test
    void servicesComeChangeAndGo() throws IOException {
        services.put(nodePort("web", 30080));
        sync();
        assertThat(iptables.save("filter")).contains("default/web:http has no endpoints");

        services.put(slice("web", "10.244.0.2", "10.244.1.3"));
        sync();
        String nat = iptables.save("nat");
        assertThat(nat)
                .contains("--to-destination 10.244.0.2:8080", "--to-destination 10.244.1.3:8080", "--dport 30080");
        assertThat(iptables.save("filter")).doesNotContain("has no endpoints");

        services.put(slice("web", "10.244.1.3"));
        sync();
        assertThat(iptables.save("nat")).doesNotContain("10.244.0.2");

        services.remove(nodePort("web", 30080));
        sync();
        assertThat(iptables.save("nat")).doesNotContain("default/web").contains("KUBE-POSTROUTING");
    }

    @Test
    void rulesThatSomebodyRemovedComeBackWithAResync() throws IOException {
        services.put(nodePort("web", 30080));
        services.put(slice("web", "10.244.0.2"));
        sync();
        iptables.restore("*nat\n:KUBE-SERVICES - [0:0]\nCOMMIT\n");
        proxier.requestResync();
        sync();
        assertThat(iptables.save("nat")).contains("default/web:http cluster IP");
    }
}
