package io.kubespring.scheduler.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.scheduler.Samples;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.PodInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerCacheTest {

    private final SchedulerCache cache = new SchedulerCache();

    @BeforeEach
    void twoNodes() {
        cache.putNode(Samples.node("n1", 4).build());
        cache.putNode(Samples.node("n2", 4).build());
    }

    private static Pod pod(String cpu, String node) {
        return Samples.pod("web", cpu)
                .editMetadata()
                .withUid("u1")
                .endMetadata()
                .editSpec()
                .withNodeName(node)
                .endSpec()
                .build();
    }

    private NodeInfo node(String name) {
        return cache.snapshot().nodes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anAssumedPodIsCountedOnceWhenItIsConfirmed() {
        cache.assume(PodInfo.of(pod("1", null)), "n1");
        assertThat(cache.assumedPods()).isEqualTo(1);
        cache.putPod(pod("1", "n1"));

        assertThat(cache.assumedPods()).isZero();
        assertThat(node("n1").requested().get("cpu")).isEqualTo(1000);
        assertThat(node("n1").pods())
                .singleElement()
                .satisfies(
                        each -> assertThat(each.pod().getSpec().getNodeName()).isEqualTo("n1"));
    }

    @Test
    void aPodThatTurnsOutToBeElsewhereIsMoved() {
        cache.assume(PodInfo.of(pod("1", null)), "n1");
        cache.putPod(pod("1", "n2"));
        assertThat(node("n1").pods()).isEmpty();
        assertThat(node("n2").requested().get("cpu")).isEqualTo(1000);
    }

    @Test
    void aPodThatAsksForMoreNowIsSummedAnew() {
        cache.putPod(pod("1", "n1"));
        cache.putPod(pod("2", "n1"));
        assertThat(node("n1").requested().get("cpu")).isEqualTo(2000);
    }

    @Test
    void forgettingTakesBackOnlyAnAssumption() {
        PodInfo assumed = PodInfo.of(pod("1", null));
        cache.assume(assumed, "n1");
        cache.forget(assumed);
        assertThat(node("n1").requested().get("cpu")).isZero();

        cache.putPod(pod("1", "n1"));
        cache.forget(assumed);
        assertThat(node("n1").requested().get("cpu")).isEqualTo(1000);
    }

    @Test
    void podsOfANodeThatIsNotSeenYetCountWhenItComes() {
        cache.putPod(pod("1", "n3"));
        cache.putNode(Samples.node("n3", 4).build());
        assertThat(node("n3").requested().get("cpu")).isEqualTo(1000);
    }
}
