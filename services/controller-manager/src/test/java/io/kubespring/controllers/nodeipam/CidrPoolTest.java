package io.kubespring.controllers.nodeipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.kubespring.controllers.support.ControllersFixture;
import org.junit.jupiter.api.Test;

class CidrPoolTest {

    @Test
    void rangesAreDistinctAndRunOut() {
        var pool = new CidrPool("10.244.0.0/22", 24);
        assertThat(pool.take()).isEqualTo("10.244.0.0/24");
        pool.occupy("10.244.1.0/24");
        assertThat(pool.take()).isEqualTo("10.244.2.0/24");
        assertThat(pool.take()).isEqualTo("10.244.3.0/24");
        assertThat(pool.take()).isNull();
        pool.release("10.244.1.0/24");
        assertThat(pool.take()).isEqualTo("10.244.1.0/24");
    }

    @Test
    void freedRangeRests() {
        var pool = new CidrPool("192.168.0.0/16", 24);
        pool.release(String.valueOf(pool.take()));
        assertThat(pool.take()).isEqualTo("192.168.1.0/24");
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new CidrPool("10.244.0.0/24", 16)).hasMessageContaining("node-cidr-mask-size 16");
        assertThatThrownBy(() -> new CidrPool("fd00::/64", 80)).hasMessageContaining("no IPv4 range");
    }

    @Test
    void everyNodeGetsARangeOfItsOwn() {
        var fixture = new ControllersFixture();
        fixture.simulation().api().put(node("old", "10.244.1.0/24"));
        fixture.start(NodeIpamController::register);
        fixture.simulation().api().put(node("a", null));
        fixture.simulation().api().put(node("b", null));
        fixture.settle();
        assertThat(fixture.simulation().get(Node.class, "", "a").getSpec().getPodCIDR())
                .isEqualTo("10.244.0.0/24");
        assertThat(fixture.simulation().get(Node.class, "", "b").getSpec().getPodCIDRs())
                .containsExactly("10.244.2.0/24");
    }

    private static Node node(String name, @org.jspecify.annotations.Nullable String cidr) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(cidr)
                .endSpec()
                .build();
    }
}
