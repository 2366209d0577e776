package io.kubespring.scheduler;

import static io.kubespring.scheduler.Samples.node;
import static io.kubespring.scheduler.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods that want to be near to, or far from, others: two zones, "east" with two nodes, "west" with one. */
class PodAffinityTest extends SchedulerFixture {

    @BeforeEach
    void start() {
        scheduler.start();
        zoned("e1", "east");
        zoned("e2", "east");
        zoned("w1", "west");
        world.advance(Duration.ofMillis(200));
    }

    private static PodBuilder labelled(String name, String app) {
        return pod(name, "100m").editMetadata().addToLabels("app", app).endMetadata();
    }

    private static PodAffinityTermBuilder app(String app, String topologyKey) {
        return new PodAffinityTermBuilder()
                .withTopologyKey(topologyKey)
                .withLabelSelector(
                        new LabelSelectorBuilder().addToMatchLabels("app", app).build());
    }

    private static Pod near(PodBuilder pod, PodAffinityTerm term) {
        return pod.editSpec()
                .editOrNewAffinity()
                .withNewPodAffinity()
                .addToRequiredDuringSchedulingIgnoredDuringExecution(term)
                .endPodAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private static Pod far(PodBuilder pod, PodAffinityTerm term) {
        return pod.editSpec()
                .editOrNewAffinity()
                .withNewPodAntiAffinity()
                .addToRequiredDuringSchedulingIgnoredDuringExecution(term)
                .endPodAntiAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private void runOn(PodBuilder pod, String node) {
        world.create(pod.editSpec().addToNodeSelector(HOST, node).endSpec().build());
        world.settle();
    }

    private String place(Pod pod) {
        world.create(pod);
        world.settle();
        return nodeOf(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    }

    private String nodeOf(String namespace, String pod) {
        String node = world.get(Pod.class, namespace, pod).getSpec().getNodeName();
        return node == null ? "" : node;
    }

    private String why(String pod) {
        return world.get(Pod.class, "default", pod)
                .getStatus()
                .getConditions()
                .getFirst()
                .getMessage();
    }

    @Test
    void requiredAffinityPutsAPodIntoTheZoneOfItsFriend() {
        runOn(labelled("db", "db"), "w1");
        assertThat(place(near(labelled("web", "web"), app("db", ZONE).build()))).isEqualTo("w1");
    }

    @Test
    void withoutAFriendItWaitsUntilOneRuns() {
        assertThat(place(near(labelled("web", "web"), app("db", ZONE).build()))).isEmpty();
        assertThat(why("web")).startsWith("0/3 nodes are available: 3 node(s) didn't match pod affinity rules.");

        runOn(labelled("db", "db"), "w1");
        world.advance(Duration.ofSeconds(3));
        assertThat(nodeOf("default", "web")).isEqualTo("w1");
    }

    @Test
    void theFirstOfAGroupThatWantsItselfMayStartAnywhere() {
        String first = place(near(labelled("a", "web"), app("web", HOST).build()));
        assertThat(first).isNotEmpty();
        assertThat(place(near(labelled("b", "web"), app("web", HOST).build()))).isEqualTo(first);
    }

    @Test
    void requiredAntiAffinityLeavesOneAZone() {
        String first = place(far(labelled("a", "web"), app("web", ZONE).build()));
        String second = place(far(labelled("b", "web"), app("web", ZONE).build()));
        assertThat(first.charAt(0)).isNotEqualTo(second.charAt(0));
        assertThat(place(far(labelled("c", "web"), app("web", ZONE).build()))).isEmpty();
        assertThat(why("c")).startsWith("0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.");
    }

    @Test
    void aPodThatRunsKeepsOthersAwayThatAskForNothing() {
        for (String node : new String[] {"e1", "w1"}) {
            Pod hermit =
                    far(labelled("hermit-" + node, "hermit"), app("web", ZONE).build());
            runOn(new PodBuilder(hermit), node);
        }
        assertThat(place(labelled("web", "web").build())).isEmpty();
        assertThat(why("web"))
                .startsWith("0/3 nodes are available: 3 node(s) didn't satisfy existing pods anti-affinity rules.");
        assertThat(place(labelled("other", "other").build())).isNotEmpty();

        world.client()
                .resources(Pod.class)
                .inNamespace("default")
                .delete("hermit-w1", io.kubespring.client.DeleteOptions.DEFAULT.grace(0))
                .block();
        world.advance(Duration.ofSeconds(3));
        assertThat(nodeOf("default", "web")).isEqualTo("w1");
    }

    @Test
    void preferencesPullAndPushButDoNotBind() {
        runOn(labelled("db", "db"), "w1");
        Pod pulled = labelled("pulled", "web")
                .editSpec()
                .withNewAffinity()
                .withNewPodAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(100)
                .withPodAffinityTerm(app("db", ZONE).build())
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endPodAffinity()
                .endAffinity()
                .endSpec()
                .build();
        Pod pushed = labelled("pushed", "web")
                .editSpec()
                .withNewAffinity()
                .withNewPodAntiAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(100)
                .withPodAffinityTerm(app("web", ZONE).build())
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endPodAntiAffinity()
                .endAffinity()
                .endSpec()
                .build();
        assertThat(place(pulled)).isEqualTo("w1");
        assertThat(place(pushed)).startsWith("e");
        assertThat(place(near(labelled("nowhere", "x"), app("none", ZONE).build())))
                .isEmpty();
    }

    @Test
    void aTermMeansItsOwnNamespaceUnlessItNamesOrSelectsOthers() {
        for (String team : new String[] {"blue", "red"}) {
            world.create(new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(team)
                    .withLabels(Map.of("team", team))
                    .endMetadata()
                    .build());
        }
        runOn(labelled("db", "db").editMetadata().withNamespace("blue").endMetadata(), "w1");

        assertThat(place(near(labelled("own", "web"), app("db", ZONE).build()))).isEmpty();
        assertThat(place(near(
                        labelled("named", "web"),
                        app("db", ZONE).withNamespaces("blue").build())))
                .isEqualTo("w1");
        assertThat(place(near(
                        labelled("selected", "web"),
                        app("db", ZONE)
                                .withNamespaceSelector(new LabelSelectorBuilder()
                                        .addToMatchLabels("team", "blue")
                                        .build())
                                .build())))
                .isEqualTo("w1");
        assertThat(place(near(
                        labelled("wrong", "web"),
                        app("db", ZONE)
                                .withNamespaceSelector(new LabelSelectorBuilder()
                                        .addToMatchLabels("team", "red")
                                        .build())
                                .build())))
                .isEmpty();
        assertThat(place(near(
                        labelled("all", "web"),
                        app("db", ZONE)
                                .withNamespaceSelector(new LabelSelectorBuilder().build())
                                .build())))
                .isEqualTo("w1");
    }

    @Test
    void matchLabelKeysTellOneRolloutFromAnother() {
        PodBuilder old =
                labelled("old", "web").editMetadata().addToLabels("hash", "1").endMetadata();
        runOn(old, "w1");
        Pod next = far(
                labelled("new", "web").editMetadata().addToLabels("hash", "2").endMetadata(),
                app("web", ZONE).withMatchLabelKeys("hash").build());
        next.getSpec().setNodeSelector(Map.of(HOST, "w1"));
        assertThat(place(next)).isEqualTo("w1");
    }
}
