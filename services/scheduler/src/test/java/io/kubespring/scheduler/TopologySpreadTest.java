package io.kubespring.scheduler;

import static io.kubespring.scheduler.Samples.node;
import static io.kubespring.scheduler.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods spread over zones: "east" with two nodes, "west" with one, and a node that is in no zone. */
class TopologySpreadTest extends SchedulerFixture {

    @BeforeEach
    void start() {
        scheduler.start();
        zoned("e1", "east");
        zoned("e2", "east");
        zoned("w1", "west");
        world.create(node("stray", 64).build());
        world.advance(Duration.ofMillis(200));
    }

    private static TopologySpreadConstraintBuilder constraint(String when) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(ZONE)
                .withWhenUnsatisfiable(when)
                .withLabelSelector(new LabelSelectorBuilder()
                        .addToMatchLabels("app", "web")
                        .build());
    }

    private static PodBuilder web(String name, TopologySpreadConstraint constraint) {
        return pod(name, "100m")
                .editMetadata()
                .addToLabels("app", "web")
                .endMetadata()
                .editSpec()
                .withTopologySpreadConstraints(constraint)
                .endSpec();
    }

    private String place(Pod pod) {
        world.create(pod);
        world.settle();
        String node = world.get(Pod.class, "default", pod.getMetadata().getName())
                .getSpec()
                .getNodeName();
        return node == null ? "" : node;
    }

    private String why(String pod) {
        return world.get(Pod.class, "default", pod)
                .getStatus()
                .getConditions()
                .getFirst()
                .getMessage();
    }

    private static String zone(String node) {
        return node.substring(0, 1);
    }

    @Test
    void hardConstraintsKeepTheZonesEven() {
        Map<String, Integer> perZone = new TreeMap<>();
        for (int i = 0; i < 6; i++) {
            String node =
                    place(web("p" + i, constraint("DoNotSchedule").build()).build());
            perZone.merge(zone(node), 1, Integer::sum);
        }
        assertThat(perZone).isEqualTo(Map.of("e", 3, "w", 3));
    }

    @Test
    void aPodThatWouldTiltTheBalanceWaitsAndIsToldWhy() {
        Pod pinned = web("first", constraint("DoNotSchedule").build())
                .editSpec()
                .addToNodeSelector(HOST, "w1")
                .endSpec()
                .build();
        // Nodes that the selector excludes do not count, so there is one zone for it.
        assertThat(place(pinned)).isEqualTo("w1");
        Pod second = web(
                        "second",
                        constraint("DoNotSchedule")
                                .withNodeAffinityPolicy("Ignore")
                                .build())
                .editSpec()
                .addToNodeSelector(HOST, "w1")
                .endSpec()
                .build();
        assertThat(place(second)).isEmpty();
        assertThat(why("second"))
                .startsWith("0/4 nodes are available: 1 node(s) didn't match pod topology spread constraints,"
                        + " 3 node(s) didn't match Pod's node affinity/selector.");

        assertThat(place(web("east", constraint("DoNotSchedule").build()).build()))
                .startsWith("e");
        world.advance(Duration.ofSeconds(3));
        assertThat(world.get(Pod.class, "default", "second").getSpec().getNodeName())
                .isEqualTo("w1");
    }

    @Test
    void aNodeWithoutTheLabelIsInNoDomain() {
        Pod stray = web("p", constraint("DoNotSchedule").build())
                .editSpec()
                .addToNodeSelector(HOST, "stray")
                .endSpec()
                .build();
        assertThat(place(stray)).isEmpty();
        assertThat(why("p"))
                .startsWith("0/4 nodes are available: 1 node(s) didn't match pod topology spread constraints"
                        + " (missing required label), 3 node(s) didn't match Pod's node affinity/selector.");
    }

    @Test
    void withFewerDomainsThanWantedEachTakesNoMoreThanTheSkew() {
        TopologySpreadConstraint three =
                constraint("DoNotSchedule").withMinDomains(3).build();
        assertThat(zone(place(web("a", three).build()))
                        + zone(place(web("b", three).build())))
                .isIn("ew", "we");
        assertThat(place(web("c", three).build())).isEmpty();
        zoned("n1", "north");
        world.advance(Duration.ofSeconds(3));
        assertThat(world.get(Pod.class, "default", "c").getSpec().getNodeName()).isEqualTo("n1");
    }

    @Test
    void taintedNodesCountUnlessThePolicyHonorsTaints() {
        world.create(Samples.node("t1", 4)
                .editMetadata()
                .addToLabels(ZONE, "tainted")
                .endMetadata()
                .editSpec()
                .addNewTaint()
                .withKey("dedicated")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build());
        world.settle();
        TopologySpreadConstraint ignoring = constraint("DoNotSchedule").build();
        place(web("a", ignoring).build());
        place(web("b", ignoring).build());
        assertThat(place(web("c", ignoring).build())).isEmpty();
        assertThat(place(web(
                                "d",
                                constraint("DoNotSchedule")
                                        .withNodeTaintsPolicy("Honor")
                                        .build())
                        .build()))
                .isNotEmpty();
    }

    @Test
    void softConstraintsRankButDoNotReject() {
        TopologySpreadConstraint soft = constraint("ScheduleAnyway").build();
        Pod pinned = web("first", soft)
                .editSpec()
                .addToNodeSelector(HOST, "e1")
                .endSpec()
                .build();
        assertThat(place(pinned)).isEqualTo("e1");
        assertThat(place(web("second", soft).build())).isEqualTo("w1");
        Pod tilting = web("third", soft)
                .editSpec()
                .addToNodeSelector(HOST, "w1")
                .endSpec()
                .build();
        assertThat(place(tilting)).isEqualTo("w1");
    }
}
