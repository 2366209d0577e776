package io.kubespring.controllers.nodelifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.kubespring.controllers.support.ControllersFixture;
import io.kubespring.controllers.tainteviction.TaintEvictionController;
import io.kubespring.testing.client.Simulation;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What happens, and when, once a node falls silent. */
class NodeFailureTest {

    private final ControllersFixture fixture =
            new ControllersFixture().start(NodeLifecycleController::register, TaintEvictionController::register);
    private final Simulation simulation = fixture.simulation();

    @Test
    void silentNodeBecomesUnknownIsTaintedAndItsPodsAreEvictedWhenTheyTolerateItNoLonger() {
        node("alive");
        node("dead");
        pod("plain", "dead", null);
        pod("tolerant", "dead", 300L);
        live(Duration.ofSeconds(10), "alive", "dead");

        live(Duration.ofSeconds(35), "alive");
        assertThat(ready("dead")).isEqualTo("True");
        assertThat(taints("dead")).isEmpty();

        live(Duration.ofSeconds(15), "alive");
        assertThat(ready("dead")).isEqualTo("Unknown");
        assertThat(Objects.requireNonNull(Nodes.condition(get("dead"), "Ready")).getReason())
                .isEqualTo("NodeStatusUnknown");
        assertThat(Objects.requireNonNull(Nodes.condition(get("dead"), "Ready")).getMessage())
                .isEqualTo("Kubelet stopped posting node status.");
        assertThat(taints("dead"))
                .containsExactlyInAnyOrder(
                        "node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute");
        assertThat(simulation
                        .get(Pod.class, "default", "tolerant")
                        .getStatus()
                        .getConditions()
                        .getFirst()
                        .getStatus())
                .isEqualTo("False");
        assertThat(simulation.get(Pod.class, "default", "plain").getMetadata().getDeletionTimestamp())
                .isNotNull();
        assertThat(simulation
                        .get(Pod.class, "default", "tolerant")
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNull();

        live(Duration.ofSeconds(280), "alive");
        assertThat(simulation
                        .get(Pod.class, "default", "tolerant")
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNull();
        live(Duration.ofSeconds(30), "alive");
        assertThat(simulation
                        .get(Pod.class, "default", "tolerant")
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNotNull();
        assertThat(taints("alive")).isEmpty();
        assertThat(fixture.events("Node"))
                .contains("NodeNotReady: Node dead status is now: NodeNotReady")
                .contains("RegisteredNode: Node dead event: Registered Node dead in Controller");
    }

    @Test
    void nodeThatComesBackIsFreeOfTaintsAndKeepsTolerantPods() {
        node("alive");
        node("flaky");
        pod("tolerant", "flaky", 300L);
        live(Duration.ofSeconds(5), "alive", "flaky");
        live(Duration.ofSeconds(60), "alive");
        assertThat(taints("flaky")).hasSize(2);
        node("flaky");
        live(Duration.ofSeconds(400), "alive", "flaky");
        assertThat(taints("flaky")).isEmpty();
        assertThat(simulation
                        .get(Pod.class, "default", "tolerant")
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNull();
    }

    @Test
    void nobodyIsEvictedWhenEveryNodeIsSilent() {
        node("only");
        pod("plain", "only", null);
        live(Duration.ofSeconds(5), "only");
        simulation.advance(Duration.ofMinutes(3));
        assertThat(taints("only")).containsExactly("node.kubernetes.io/unreachable:NoSchedule");
        assertThat(simulation.get(Pod.class, "default", "plain").getMetadata().getDeletionTimestamp())
                .isNull();
    }

    @Test
    void nodesOfOneZoneAreTaintedOneByOne() {
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            node(name);
        }
        live(Duration.ofSeconds(5), "a", "b", "c", "d", "e", "f");
        live(Duration.ofSeconds(46), "a", "b", "c", "d");
        assertThat(List.of("e", "f").stream().filter(name -> noExecute(name)).count())
                .isEqualTo(1);
        live(Duration.ofSeconds(11), "a", "b", "c", "d");
        assertThat(List.of("e", "f")).allMatch(this::noExecute);
    }

    @Test
    void taintsFollowConditionsAndCordon() {
        Node node = new NodeBuilder(node("full"))
                .editSpec()
                .withUnschedulable(true)
                .endSpec()
                .editStatus()
                .addToConditions(new NodeConditionBuilder()
                        .withType("DiskPressure")
                        .withStatus("True")
                        .build())
                .endStatus()
                .build();
        simulation.api().put(node);
        fixture.settle();
        assertThat(taints("full"))
                .containsExactlyInAnyOrder(
                        "node.kubernetes.io/disk-pressure:NoSchedule", "node.kubernetes.io/unschedulable:NoSchedule");
    }

    private boolean noExecute(String name) {
        return taints(name).contains("node.kubernetes.io/unreachable:NoExecute");
    }

    private void live(Duration span, String... names) {
        for (Duration left = span; left.isPositive(); left = left.minusSeconds(5)) {
            for (String name : names) {
                simulation
                        .api()
                        .put(new LeaseBuilder()
                                .withMetadata(new ObjectMetaBuilder()
                                        .withNamespace("kube-node-lease")
                                        .withName(name)
                                        .build())
                                .withNewSpec()
                                .withHolderIdentity(name)
                                .withRenewTime(simulation.time().now().atZone(ZoneOffset.UTC))
                                .endSpec()
                                .build());
            }
            simulation.advance(left.compareTo(Duration.ofSeconds(5)) < 0 ? left : Duration.ofSeconds(5));
        }
    }

    private Node node(String name) {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .addToConditions(new NodeConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withLastHeartbeatTime(simulation.time().now().toString())
                        .build())
                .endStatus()
                .build();
        if (simulation.find(Node.class, "", name) != null) {
            node.getSpec().setTaints(get(name).getSpec().getTaints());
        }
        simulation.api().put(node);
        return node;
    }

    private void pod(String name, String node, @org.jspecify.annotations.Nullable Long seconds) {
        var builder = new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec();
        if (seconds != null) {
            builder = builder.editSpec()
                    .addToTolerations(new TolerationBuilder()
                            .withKey("node.kubernetes.io/unreachable")
                            .withOperator("Exists")
                            .withEffect("NoExecute")
                            .withTolerationSeconds(seconds)
                            .build())
                    .endSpec();
        }
        fixture.setPhase(builder.build(), "Running", true);
    }

    private Node get(String name) {
        return simulation.get(Node.class, "", name);
    }

    private String ready(String name) {
        return Nodes.ready(get(name));
    }

    private List<String> taints(String name) {
        return Nodes.taints(get(name)).stream()
                .map((Taint taint) -> taint.getKey() + ":" + taint.getEffect())
                .toList();
    }
}
