package io.kubespring.scheduler.queue;

import io.kubespring.scheduler.framework.PodInfo;
import java.time.Instant;
import java.util.Set;

/**
 * A Pod that waits for a node.
 *
 * @param since when it was first seen; older Pods of equal priority go first
 * @param arrival tells apart those that were first seen at the same moment
 * @param attempts how often it was tried
 * @param rejectedBy plugins that rejected it the last time
 */
public record QueuedPod(PodInfo pod, Instant since, long arrival, int attempts, Set<String> rejectedBy) {

    QueuedPod with(PodInfo changed) {
        return new QueuedPod(changed, since, arrival, attempts, rejectedBy);
    }

    QueuedPod tried() {
        return new QueuedPod(pod, since, arrival, attempts + 1, rejectedBy);
    }

    QueuedPod rejectedBy(Set<String> plugins) {
        return new QueuedPod(pod, since, arrival, attempts, Set.copyOf(plugins));
    }
}
