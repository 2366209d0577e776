package io.kubespring.node.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverlayStateTest {

    private static final OverlayState NOTHING = new OverlayState("flannel.1", Set.of(), Map.of(), Map.of(), Map.of());

    private static Route route(String third) {
        return new Route("10.244." + third + ".0/24", "10.244." + third + ".0", "flannel.1", true);
    }

    private static OverlayState peer(String third, String mac, String machine) {
        return new OverlayState(
                "flannel.1",
                Set.of("10.244.0.0/32"),
                Map.of("10.244." + third + ".0", mac),
                Map.of(mac, machine),
                Map.of("10.244." + third + ".0/24", route(third)));
    }

    @Test
    void whatARouteNeedsIsThereBeforeIt() {
        var commands = NOTHING.commandsTo(peer("1", "02:00:00:00:00:01", "192.0.2.1"));
        assertThat(commands.entries())
                .containsExactly(
                        "address replace 10.244.0.0/32 dev flannel.1",
                        "neigh replace 10.244.1.0 lladdr 02:00:00:00:00:01 dev flannel.1 nud permanent");
        assertThat(commands.forwarding())
                .containsExactly("fdb replace 02:00:00:00:00:01 dev flannel.1 dst 192.0.2.1 self permanent");
        assertThat(commands.routes())
                .containsExactly("route replace 10.244.1.0/24 via 10.244.1.0 dev flannel.1 onlink proto 96");
    }

    @Test
    void aStateThatIsRightNeedsNothing() {
        var state = peer("1", "02:00:00:00:00:01", "192.0.2.1");
        assertThat(state.commandsTo(state).isEmpty()).isTrue();
    }

    @Test
    void aPeerThatMovedIsReplacedAndNeverMissing() {
        var commands =
                peer("1", "02:00:00:00:00:01", "192.0.2.1").commandsTo(peer("1", "02:00:00:00:00:01", "192.0.2.7"));
        assertThat(commands.entries()).isEmpty();
        assertThat(commands.forwarding())
                .containsExactly("fdb replace 02:00:00:00:00:01 dev flannel.1 dst 192.0.2.7 self permanent");
        assertThat(commands.routes()).isEmpty();
    }

    @Test
    void routesOfAPeerThatLeftGoBeforeItsNeighbour() {
        var alone = new OverlayState("flannel.1", Set.of("10.244.0.0/32"), Map.of(), Map.of(), Map.of());
        var commands = peer("1", "02:00:00:00:00:01", "192.0.2.1").commandsTo(alone);
        assertThat(commands.forwarding()).containsExactly("fdb del 02:00:00:00:00:01 dev flannel.1 dst 192.0.2.1 self");
        assertThat(commands.routes())
                .containsExactly(
                        "route del 10.244.1.0/24 via 10.244.1.0 dev flannel.1 onlink proto 96",
                        "neigh del 10.244.1.0 dev flannel.1");
    }
}
