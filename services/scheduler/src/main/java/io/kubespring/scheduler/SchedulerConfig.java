package io.kubespring.scheduler;

/**
 * @param schedulerName Pods that name another scheduler are left alone
 * @param parallelBindings most Pods that are bound at once
 */
public record SchedulerConfig(String schedulerName, int parallelBindings) {

    public static final SchedulerConfig DEFAULT = new SchedulerConfig("default-scheduler", 100);
}
