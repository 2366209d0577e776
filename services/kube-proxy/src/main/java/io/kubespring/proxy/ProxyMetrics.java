package io.kubespring.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What kube-proxy counts. Durations are summaries in seconds: a timer's name would be changed on export. */
final class ProxyMetrics {

    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final DistributionSummary syncs;
    private final Counter failures;

    ProxyMetrics(MeterRegistry registry) {
        this.registry = registry;
        syncs = DistributionSummary.builder(ProxyMetric.SYNC_DURATION.metricName())
                .serviceLevelObjectives(syncBuckets())
                .register(registry);
        failures = registry.counter(ProxyMetric.SYNC_FAILURES.metricName());
    }

    /** 1 ms, doubling to 16 s, as upstream's. */
    private static double[] syncBuckets() {
        double[] bounds = new double[15];
        double bound = 0.001;
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = bound;
            bound *= 2;
        }
        return bounds;
    }

    void lastSync(AtomicLong epochSeconds) {
        Gauge.builder(ProxyMetric.LAST_SYNC.metricName(), epochSeconds, AtomicLong::get)
                .register(registry);
    }

    void synced(long nanos) {
        syncs.record(nanos / NANOS);
    }

    void failed() {
        failures.increment();
    }
}
