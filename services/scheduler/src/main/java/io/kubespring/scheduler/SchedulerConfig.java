package io.kubespring.scheduler;

import io.kubespring.client.leader.LeaderElectionConfig;
import org.jspecify.annotations.Nullable;

/**
 * @param schedulerName Pods that name another scheduler are left alone
 * @param parallelBindings most Pods that are bound at once
 * @param leaderElection null where this is the only instance
 */
public record SchedulerConfig(
        String schedulerName,
        int parallelBindings,
        @Nullable LeaderElectionConfig leaderElection) {

    public static final SchedulerConfig DEFAULT = new SchedulerConfig("default-scheduler", 100, null);
}
