package io.kubespring.scheduler.queue;

import io.kubespring.scheduler.framework.PodInfo;
import java.time.Instant;
import java.util.Set;

/**
 * A Pod that waits for a node.
 *
 * @param since when it was first seen; older Pods of equal priority go first
 * @param attempts how often it was tried
 * @param rejectedBy plugins that rejected it the last time
 */
public record QueuedPod(PodInfo pod, Instant since, int attempts, Set<String> rejectedBy) {

    QueuedPod with(PodInfo changed) {
        return new QueuedPod(changed, since, attempts, rejectedBy);
    }

    QueuedPod tried() {
        return new QueuedPod(pod, since, attempts + 1, rejectedBy);
    }

    QueuedPod rejectedBy(Set<String> plugins) {
        return new QueuedPod(pod, since, attempts, Set.copyOf(plugins));
    }
}
