package io.kubespring.client.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;

/** Upstream's workqueue_* metrics of one queue. Times are in seconds. */
final class WorkQueueMetrics {

    private static final double[] BUCKETS = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10};

    private final MeterRegistry registry;
    private final String name;
    final Counter adds;
    final Counter retries;
    final DistributionSummary queueDuration;
    final DistributionSummary workDuration;

    WorkQueueMetrics(MeterRegistry registry, String name) {
        this.registry = registry;
        this.name = name;
        adds = Counter.builder("workqueue_adds_total").tag("name", name).register(registry);
        retries = Counter.builder("workqueue_retries_total").tag("name", name).register(registry);
        queueDuration = summary("workqueue_queue_duration_seconds");
        workDuration = summary("workqueue_work_duration_seconds");
    }

    void gauge(String metric, DoubleSupplier value) {
        Gauge.builder(metric, value::getAsDouble)
                .tag("name", name)
                .strongReference(true)
                .register(registry);
    }

    private DistributionSummary summary(String metric) {
        return DistributionSummary.builder(metric)
                .tag("name", name)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
