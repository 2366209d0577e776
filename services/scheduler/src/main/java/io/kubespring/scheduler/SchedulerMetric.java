package io.kubespring.scheduler;

/** The names of this component's metrics, as upstream's. */
enum SchedulerMetric {
    SCHEDULE_ATTEMPTS("scheduler_schedule_attempts_total"),
    ATTEMPT_DURATION("scheduler_scheduling_attempt_duration_seconds"),
    POD_ATTEMPTS("scheduler_pod_scheduling_attempts"),
    POD_SLI_DURATION("scheduler_pod_scheduling_sli_duration_seconds"),
    PENDING_PODS("scheduler_pending_pods"),
    CACHE_SIZE("scheduler_cache_size");

    private final String metricName;

    SchedulerMetric(String metricName) {
        this.metricName = metricName;
    }

    String metricName() {
        return metricName;
    }
}
