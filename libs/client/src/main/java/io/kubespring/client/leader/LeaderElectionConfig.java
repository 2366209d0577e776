package io.kubespring.client.leader;

import java.time.Duration;

/**
 * @param identity unique among the candidates
 * @param leaseDuration how long others wait after the last renewal they saw
 * @param renewDeadline how long the leader tries to renew before it gives up
 * @param retryPeriod between two tries
 */
public record LeaderElectionConfig(
        String namespace,
        String name,
        String identity,
        Duration leaseDuration,
        Duration renewDeadline,
        Duration retryPeriod) {

    /** Upstream's durations: 15 s, 10 s, 2 s. */
    public static LeaderElectionConfig of(String namespace, String name, String identity) {
        return new LeaderElectionConfig(
                namespace, name, identity, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }
}
