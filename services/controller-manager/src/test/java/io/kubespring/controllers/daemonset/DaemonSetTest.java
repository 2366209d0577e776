package io.kubespring.controllers.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.support.ControllersFixture;
import io.kubespring.testing.client.Simulation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DaemonSetTest {

    private final ControllersFixture fixture = new ControllersFixture();
    private final Simulation simulation = fixture.simulation();

    @BeforeEach
    void start() {
        node("a", null);
        node("b", null);
        node("tainted", "example.com/dedicated");
        fixture.start(DaemonSetController::register);
        simulation.create(agent());
        fixture.settle();
    }

    @Test
    void onePodForEveryNodeThatItToleratesAlsoNewAndCordonedOnes() {
        assertThat(nodes()).containsExactlyInAnyOrder("a", "b");
        node("c", "node.kubernetes.io/unschedulable");
        fixture.settle();
        assertThat(nodes()).containsExactlyInAnyOrder("a", "b", "c");
        fixture.makeReady(3);
        DaemonSet set = get();
        assertThat(set.getStatus().getDesiredNumberScheduled()).isEqualTo(3);
        assertThat(set.getStatus().getNumberReady()).isEqualTo(3);
        assertThat(set.getStatus().getUpdatedNumberScheduled()).isEqualTo(3);
        assertThat(set.getStatus().getNumberUnavailable()).isNull();
    }

    @Test
    void failedPodIsReplaced() {
        Pod pod = fixture.pods().getFirst();
        fixture.setPhase(pod, "Failed", false);
        fixture.settle();
        assertThat(fixture.pods())
                .hasSize(2)
                .noneMatch(each ->
                        each.getMetadata().getName().equals(pod.getMetadata().getName()));
        assertThat(fixture.events("DaemonSet")).anyMatch(event -> event.startsWith("FailedDaemonPod: Found failed"));
    }

    @Test
    void matchingOrphanIsAdoptedAsSoonAsItIsSeen() {
        Pod orphan = fixture.pods().getFirst();
        orphan.getMetadata().setName("orphan");
        orphan.getMetadata().setUid("orphan");
        orphan.getMetadata().setOwnerReferences(List.of());
        orphan.getSpec().setNodeName("tainted");
        simulation.api().put(orphan);
        fixture.settle();
        assertThat(Owners.controls(get(), simulation.get(Pod.class, "default", "orphan")))
                .isTrue();
    }

    @Test
    void updateReplacesOneNodeAtATime() {
        fixture.makeReady(2);
        DaemonSet set = get();
        set.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("agent:v2");
        simulation.client().resources(DaemonSet.class).update(set).block();
        fixture.settle();
        assertThat(images()).containsExactlyInAnyOrder("agent:v1", "agent:v2");
        fixture.makeReady(1);
        fixture.makeReady(1);
        assertThat(images()).containsExactlyInAnyOrder("agent:v2", "agent:v2");
        assertThat(simulation.list(ControllerRevision.class))
                .extracting(ControllerRevision::getRevision)
                .containsExactlyInAnyOrder(1L, 2L);
    }

    private List<String> nodes() {
        return fixture.pods().stream().map(DaemonPods::nodeOf).toList();
    }

    private List<String> images() {
        return fixture.pods().stream()
                .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
                .toList();
    }

    private DaemonSet get() {
        return simulation.get(DaemonSet.class, "default", "agent");
    }

    private void node(String name, @org.jspecify.annotations.Nullable String taint) {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        if (taint != null) {
            node = new NodeBuilder(node)
                    .editSpec()
                    .addNewTaint("NoSchedule", taint, null, null)
                    .endSpec()
                    .build();
        }
        simulation.api().put(node);
    }

    private static DaemonSet agent() {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("agent")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Map.of("app", "agent"))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", "agent"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("agent")
                .withImage("agent:v1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
