package io.kubespring.controllers.pods;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which Pods go first when there are too many: unassigned before assigned, Pending before Unknown before Running, not
 * ready before ready, lower {@code pod-deletion-cost} first, those that share a node with most others of the same workload,
 * the most recently ready, the most restarted, the youngest. Ages are compared by magnitude (KEP-2185).
 */
public final class DeletionRanking {

    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    private DeletionRanking() {}

    /**
     * @param related all active Pods of the workload, over which sharing of nodes is counted
     * @return the candidates, those to delete first at the start
     */
    public static List<Pod> rank(Collection<Pod> candidates, Collection<Pod> related, Instant now) {
        Map<String, Long> perNode = related.stream()
                .filter(Pods::isActive)
                .filter(pod -> !node(pod).isEmpty())
                .collect(Collectors.groupingBy(DeletionRanking::node, Collectors.counting()));
        ToIntFunction<Pod> neighbours =
                pod -> perNode.getOrDefault(node(pod), 0L).intValue();
        return candidates.stream().sorted(order(neighbours, now)).toList();
    }

    private static Comparator<Pod> order(ToIntFunction<Pod> neighbours, Instant now) {
        Comparator<Pod> order = Comparator.comparing((Pod pod) -> !node(pod).isEmpty());
        return order.thenComparingInt(DeletionRanking::phaseRank)
                .thenComparing(Pods::isReady)
                .thenComparingInt(DeletionRanking::cost)
                .thenComparing(Comparator.comparingInt(neighbours).reversed())
                .thenComparingInt(pod -> Pods.isReady(pod) ? magnitude(Pods.readySince(pod), now) : 0)
                .thenComparing(Comparator.comparingInt(Pods::maxRestarts).reversed())
                .thenComparingInt(pod -> magnitude(created(pod), now))
                .thenComparing(pod -> String.valueOf(pod.getMetadata().getUid()));
    }

    private static int phaseRank(Pod pod) {
        return switch (Pods.phase(pod)) {
            case "", Pods.PENDING -> 0;
            case Pods.RUNNING -> 2;
            default -> 1;
        };
    }

    /** An annotation that is no number counts as 0. */
    private static int cost(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String text = annotations == null ? null : annotations.get(COST);
        if (text == null) {
            return 0;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    /** The logarithm of an age in seconds: Pods of about the same age are equal. */
    private static int magnitude(@Nullable Instant since, Instant now) {
        if (since == null) {
            return 0;
        }
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        return 64 - Long.numberOfLeadingZeros(seconds);
    }

    private static @Nullable Instant created(Pod pod) {
        String at = pod.getMetadata().getCreationTimestamp();
        return at == null ? null : Instant.parse(at);
    }

    private static String node(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node == null ? "" : node;
    }
}
