package io.kubespring.client.leader;

import java.time.Duration;

/**
 * Durations are upstream's rules: the lease outlives the renewal's deadline, which leaves room for more than one try.
 *
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

    /** A candidate waits between one and this much more than one retry period. */
    static final double JITTER = 1.2;

    public LeaderElectionConfig {
        if (leaseDuration.compareTo(renewDeadline) <= 0) {
            throw new IllegalArgumentException("leaseDuration must be greater than renewDeadline");
        }
        if (renewDeadline.toNanos() <= retryPeriod.toNanos() * JITTER) {
            throw new IllegalArgumentException("renewDeadline must be greater than retryPeriod*JitterFactor");
        }
        if (retryPeriod.isZero() || retryPeriod.isNegative()) {
            throw new IllegalArgumentException("retryPeriod must be greater than zero");
        }
    }

    /** Upstream's durations: 15 s, 10 s, 2 s. */
    public static LeaderElectionConfig of(String namespace, String name, String identity) {
        return new LeaderElectionConfig(
                namespace, name, identity, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }
}
