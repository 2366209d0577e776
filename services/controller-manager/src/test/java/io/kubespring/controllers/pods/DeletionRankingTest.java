package io.kubespring.controllers.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeletionRankingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void everyRuleInItsOrder() {
        Pod unassigned = pod("unassigned", "", "Pending", null, 0);
        Pod pending = pod("pending", "n1", "Pending", null, 0);
        Pod unknown = pod("unknown", "n1", "Unknown", null, 0);
        Pod unready = pod("unready", "n1", "Running", null, 0);
        Pod cheap = pod("cheap", "n1", "Running", Duration.ofHours(1), -5);
        Pod young = pod("young", "n2", "Running", Duration.ofSeconds(10), 0);
        Pod old = pod("old", "n2", "Running", Duration.ofHours(5), 0);
        Pod dear = pod("dear", "n2", "Running", Duration.ofSeconds(1), 100);
        List<Pod> all = List.of(dear, old, young, cheap, unready, unknown, pending, unassigned);
        assertThat(DeletionRanking.rank(all, all, NOW))
                .containsExactly(unassigned, pending, unknown, unready, cheap, young, old, dear);
    }

    @Test
    void crowdedNodeGivesFirst() {
        Pod alone = pod("alone", "n1", "Running", Duration.ofSeconds(1), 0);
        Pod crowded = pod("crowded", "n2", "Running", Duration.ofHours(1), 0);
        Pod neighbour = pod("neighbour", "n2", "Running", Duration.ofHours(1), 0);
        assertThat(DeletionRanking.rank(List.of(alone, crowded), List.of(alone, crowded, neighbour), NOW))
                .containsExactly(crowded, alone);
    }

    private static Pod pod(
            String name, String node, String phase, @org.jspecify.annotations.Nullable Duration readyFor, int cost) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid(name)
                .withCreationTimestamp(NOW.minus(Duration.ofHours(6)).toString())
                .withAnnotations(Map.of("controller.kubernetes.io/pod-deletion-cost", Integer.toString(cost)))
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .withConditions(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus(readyFor == null ? "False" : "True")
                        .withLastTransitionTime(NOW.minus(readyFor == null ? Duration.ZERO : readyFor)
                                .toString())
                        .build())
                .endStatus()
                .build();
    }
}
