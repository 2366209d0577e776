package io.kubespring.scheduler;

import static io.kubespring.scheduler.Samples.node;
import static io.kubespring.scheduler.Samples.pod;
import static io.kubespring.scheduler.Samples.small;
import static io.kubespring.scheduler.Samples.tainted;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.kubespring.api.error.StatusException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole scheduler against an API in memory, in manual time. */
class SchedulerTest extends SchedulerFixture {

    @BeforeEach
    void start() {
        scheduler.start();
        world.advance(Duration.ofMillis(200));
    }

    private String nodeOf(String pod) {
        String node = world.get(Pod.class, "default", pod).getSpec().getNodeName();
        return node == null ? "" : node;
    }

    private PodCondition condition(String pod) {
        return world.get(Pod.class, "default", pod).getStatus().getConditions().stream()
                .filter(each -> each.getType().equals("PodScheduled"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPodGetsANodeAndAnEventSaysSo() {
        world.create(node("n1", 4).build());
        world.create(small("web"));
        world.settle();

        assertThat(nodeOf("web")).isEqualTo("n1");
        assertThat(world.list(Event.class))
                .extracting(Event::getReason, Event::getMessage)
                .contains(org.assertj.core.groups.Tuple.tuple("Scheduled", "Successfully assigned default/web to n1"));
    }

    @Test
    void podsSpreadOverEqualNodes() {
        for (String name : new String[] {"n1", "n2", "n3"}) {
            world.create(node(name, 4).build());
        }
        world.settle();
        Set<String> used = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            world.create(pod("p" + i, "1").build());
            world.settle();
            used.add(nodeOf("p" + i));
        }
        assertThat(used).containsExactlyInAnyOrder("n1", "n2", "n3");
    }

    @Test
    void withoutNodesThePodWaitsAndIsToldWhy() {
        world.create(small("web"));
        world.settle();

        assertThat(nodeOf("web")).isEmpty();
        assertThat(condition("web").getStatus()).isEqualTo("False");
        assertThat(condition("web").getReason()).isEqualTo("Unschedulable");
        assertThat(condition("web").getMessage()).isEqualTo("no nodes available to schedule pods");

        world.create(node("late", 4).build());
        world.advance(Duration.ofSeconds(2));
        assertThat(nodeOf("web")).isEqualTo("late");
    }

    @Test
    void everyNodesReasonIsCounted() {
        world.create(node("small1", 1).build());
        world.create(node("small2", 1).build());
        world.create(tainted("tainted", "dedicated", "NoSchedule"));
        world.create(
                node("cordoned", 8).editSpec().withUnschedulable(true).endSpec().build());
        world.create(pod("big", "2").build());
        world.settle();

        assertThat(condition("big").getMessage())
                .isEqualTo("0/4 nodes are available: 1 node(s) had untolerated taint {dedicated: },"
                        + " 1 node(s) were unschedulable, 2 Insufficient cpu.");
    }

    @Test
    void roomThatIsTakenIsSeenByTheNextPodAtOnce() {
        world.create(node("n1", 1).build());
        world.create(pod("first", "600m").build());
        world.create(pod("second", "600m").build());
        world.settle();
        assertThat(nodeOf("first")).isEqualTo("n1");
        assertThat(nodeOf("second")).isEmpty();
    }

    @Test
    void aPodThatWentMakesRoom() {
        world.create(node("n1", 1).build());
        world.create(pod("first", "600m").build());
        world.settle();
        world.create(pod("second", "600m").build());
        world.settle();
        world.client()
                .resources(Pod.class)
                .inNamespace("default")
                .delete("first", io.kubespring.client.DeleteOptions.DEFAULT.grace(0))
                .block();
        world.advance(Duration.ofSeconds(3));
        assertThat(nodeOf("second")).isEqualTo("n1");
    }

    @Test
    void higherPriorityGoesFirst() {
        world.create(pod("low", "600m").editSpec().withPriority(1).endSpec().build());
        world.create(pod("high", "600m").editSpec().withPriority(10).endSpec().build());
        world.settle();
        world.create(node("n1", 1).build());
        world.advance(Duration.ofSeconds(3));
        assertThat(nodeOf("high")).isEqualTo("n1");
        assertThat(nodeOf("low")).isEmpty();
    }

    @Test
    void hostPortsDoNotCollide() {
        world.create(node("n1", 4).build());
        for (String name : new String[] {"a", "b"}) {
            world.create(pod(name, "100m")
                    .editSpec()
                    .editFirstContainer()
                    .addNewPort()
                    .withContainerPort(80)
                    .withHostPort(8080)
                    .endPort()
                    .endContainer()
                    .endSpec()
                    .build());
            world.settle();
        }
        assertThat(nodeOf("a")).isEqualTo("n1");
        assertThat(condition("b").getMessage())
                .isEqualTo("0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.");
    }

    @Test
    void nodeSelectorAndPreferenceAreHonoured() {
        world.create(node("plain", 16).build());
        world.create(node("ssd", 2)
                .editMetadata()
                .addToLabels("disk", "ssd")
                .endMetadata()
                .build());
        world.create(pod("needs", "100m")
                .editSpec()
                .addToNodeSelector("disk", "ssd")
                .endSpec()
                .build());
        world.create(pod("likes", "100m")
                .editSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(100)
                .withNewPreference()
                .addNewMatchExpression()
                .withKey("disk")
                .withOperator("In")
                .withValues("ssd")
                .endMatchExpression()
                .endPreference()
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build());
        world.create(pod("nowhere", "100m")
                .editSpec()
                .addToNodeSelector("disk", "tape")
                .endSpec()
                .build());
        world.settle();

        assertThat(nodeOf("needs")).isEqualTo("ssd");
        assertThat(nodeOf("likes")).isEqualTo("ssd");
        assertThat(condition("nowhere").getMessage())
                .isEqualTo("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.");
    }

    @Test
    void aTaintIsToleratedOrTakenAway() {
        world.create(tainted("n1", "dedicated", "NoSchedule"));
        world.create(pod("tolerant", "100m")
                .editSpec()
                .addNewToleration()
                .withKey("dedicated")
                .withOperator("Exists")
                .endToleration()
                .endSpec()
                .build());
        world.create(small("web"));
        world.settle();
        assertThat(nodeOf("tolerant")).isEqualTo("n1");
        assertThat(nodeOf("web")).isEmpty();

        Node node = world.get(Node.class, "", "n1");
        node.getSpec().getTaints().clear();
        world.client().resources(Node.class).update(node).block();
        world.advance(Duration.ofSeconds(3));
        assertThat(nodeOf("web")).isEqualTo("n1");
    }

    @Test
    void aFailedBindingGivesTheRoomBackAndIsTriedAgain() {
        var failures = new AtomicInteger();
        world.api()
                .addFault(request -> request.uri().endsWith("/binding") && failures.getAndIncrement() == 0
                        ? StatusException.internal("the store is away")
                        : null);
        world.create(node("n1", 1).build());
        world.create(pod("web", "1").build());
        world.advance(Duration.ofSeconds(3));
        assertThat(nodeOf("web")).isEqualTo("n1");
        assertThat(failures).hasValue(2);
    }

    @Test
    void podsOfOtherSchedulersAndGatedOnesAreLeftAlone() {
        world.create(node("n1", 4).build());
        world.create(pod("other", "100m")
                .editSpec()
                .withSchedulerName("mine")
                .endSpec()
                .build());
        world.create(pod("gated", "100m")
                .editSpec()
                .addNewSchedulingGate("wait")
                .endSpec()
                .build());
        world.advance(Duration.ofSeconds(1));
        assertThat(nodeOf("other")).isEmpty();
        assertThat(nodeOf("gated")).isEmpty();

        Pod gated = world.get(Pod.class, "default", "gated");
        gated.getSpec().getSchedulingGates().clear();
        world.client().resources(Pod.class).inNamespace("default").update(gated).block();
        world.advance(Duration.ofSeconds(1));
        assertThat(nodeOf("gated")).isEqualTo("n1");
    }
}
