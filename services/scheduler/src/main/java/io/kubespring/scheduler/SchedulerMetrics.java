package io.kubespring.scheduler;

import io.kubespring.scheduler.cache.SchedulerCache;
import io.kubespring.scheduler.queue.SchedulingQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What the scheduler counts, with upstream's labels and buckets. Durations are summaries in seconds: a timer's name would
 * be changed on export.
 */
final class SchedulerMetrics {

    /** How an attempt ended. */
    enum Result {
        SCHEDULED,
        UNSCHEDULABLE,
        ERROR;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final double NANOS = 1e9;
    /** Attempts are told apart up to this many. */
    private static final int MOST_ATTEMPTS = 16;

    private final MeterRegistry registry;
    private static final double[] SLI_BOUNDS = doubling(0.01, 20);

    private record Attempts(Counter count, DistributionSummary duration) {
        static Attempts of(MeterRegistry registry, String profile, Result result) {
            Counter count = Counter.builder(SchedulerMetric.SCHEDULE_ATTEMPTS.metricName())
                    .tag("profile", profile)
                    .tag("result", result.text())
                    .register(registry);
            DistributionSummary duration = DistributionSummary.builder(SchedulerMetric.ATTEMPT_DURATION.metricName())
                    .tag("profile", profile)
                    .tag("result", result.text())
                    .serviceLevelObjectives(doubling(0.001, 15))
                    .register(registry);
            return new Attempts(count, duration);
        }

        void add(long nanos) {
            count.increment();
            duration.record(nanos / NANOS);
        }
    }

    private final Attempts scheduled;
    private final Attempts unschedulable;
    private final Attempts errors;
    private final DistributionSummary podAttempts;

    SchedulerMetrics(MeterRegistry registry, String profile) {
        this.registry = registry;
        scheduled = Attempts.of(registry, profile, Result.SCHEDULED);
        unschedulable = Attempts.of(registry, profile, Result.UNSCHEDULABLE);
        errors = Attempts.of(registry, profile, Result.ERROR);
        podAttempts = DistributionSummary.builder(SchedulerMetric.POD_ATTEMPTS.metricName())
                .serviceLevelObjectives(doubling(1, 5))
                .register(registry);
    }

    private static double[] doubling(double first, int count) {
        double[] bounds = new double[count];
        double bound = first;
        for (int i = 0; i < count; i++) {
            bounds[i] = bound;
            bound *= 2;
        }
        return bounds;
    }

    void pending(SchedulingQueue queue) {
        size("active", queue, SchedulingQueue::active);
        size("backoff", queue, SchedulingQueue::backingOff);
        size("unschedulable", queue, SchedulingQueue::unschedulable);
        size("gated", queue, SchedulingQueue::gated);
    }

    private void size(String name, SchedulingQueue queue, ToDoubleFunction<SchedulingQueue> size) {
        Gauge.builder(SchedulerMetric.PENDING_PODS.metricName(), queue, size)
                .tag("queue", name)
                .register(registry);
    }

    void cache(SchedulerCache cache) {
        count("nodes", cache, SchedulerCache::nodes);
        count("pods", cache, SchedulerCache::pods);
        count("assumed_pods", cache, SchedulerCache::assumedPods);
    }

    private void count(String type, SchedulerCache cache, ToDoubleFunction<SchedulerCache> size) {
        Gauge.builder(SchedulerMetric.CACHE_SIZE.metricName(), cache, size)
                .tag("type", type)
                .register(registry);
    }

    void attempted(Result result, long nanos) {
        switch (result) {
            case SCHEDULED -> scheduled.add(nanos);
            case UNSCHEDULABLE -> unschedulable.add(nanos);
            case ERROR -> errors.add(nanos);
        }
    }

    /** A Pod has its node. */
    void bound(int tries, Duration sinceSeen) {
        podAttempts.record(tries);
        String label = tries >= MOST_ATTEMPTS ? MOST_ATTEMPTS + "+" : String.valueOf(tries);
        DistributionSummary.builder(SchedulerMetric.POD_SLI_DURATION.metricName())
                .tag("attempts", label)
                .serviceLevelObjectives(SLI_BOUNDS)
                .register(registry)
                .record(sinceSeen.toNanos() / NANOS);
    }
}
