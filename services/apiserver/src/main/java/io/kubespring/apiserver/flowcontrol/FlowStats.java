package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.metrics.ApiServerMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/** What is counted of the requests of one FlowSchema in one level. Labels come from the configuration, never from clients. */
final class FlowStats {

    private static final Duration[] DURATIONS = DoubleStream.of(0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30)
            .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
            .toArray(Duration[]::new);
    private static final double[] LENGTHS = {10, 25, 50, 100, 250, 500, 1000};
    private static final double[] SEATS = {1, 2, 4, 8, 16, 32, 64, 100};
    private static final double[] WATCHERS = {1, 10, 100, 1000, 10_000};

    private final MeterRegistry registry;
    private final Tags tags;
    private final AtomicInteger queuedRequests = new AtomicInteger();
    private final AtomicInteger queuedSeats = new AtomicInteger();
    private final AtomicInteger executingRequests = new AtomicInteger();
    private final AtomicInteger executingSeats = new AtomicInteger();
    private final Counter dispatched;
    private final Counter notAccommodated;
    private final Timer waitedAndExecuted;
    private final Timer waitedInVain;
    private final Timer executed;
    private final Timer watchStarted;
    private final DistributionSummary estimatedSeats;
    private final DistributionSummary queueLength;
    private final DistributionSummary watchers;
    private final Map<String, Counter> rejections = new ConcurrentHashMap<>();

    FlowStats(MeterRegistry registry, String level, String schema) {
        this.registry = registry;
        tags = Tags.of("priority_level", level, "flow_schema", schema);
        gauge(ApiServerMetric.FLOW_INQUEUE_REQUESTS, queuedRequests);
        gauge(ApiServerMetric.FLOW_INQUEUE_SEATS, queuedSeats);
        gauge(ApiServerMetric.FLOW_EXECUTING_REQUESTS, executingRequests);
        gauge(ApiServerMetric.FLOW_EXECUTING_SEATS, executingSeats);
        dispatched = counter(ApiServerMetric.FLOW_DISPATCHED, tags);
        notAccommodated = counter(ApiServerMetric.FLOW_NO_ACCOMMODATION, tags);
        waitedAndExecuted = timer(ApiServerMetric.FLOW_WAIT_DURATION, tags.and("execute", "true"));
        waitedInVain = timer(ApiServerMetric.FLOW_WAIT_DURATION, tags.and("execute", "false"));
        executed = timer(ApiServerMetric.FLOW_EXECUTION_DURATION, tags.and("type", "regular"));
        watchStarted = timer(ApiServerMetric.FLOW_EXECUTION_DURATION, tags.and("type", "watch"));
        estimatedSeats = summary(ApiServerMetric.FLOW_ESTIMATED_SEATS, SEATS);
        queueLength = summary(ApiServerMetric.FLOW_QUEUE_LENGTH, LENGTHS);
        watchers = summary(ApiServerMetric.FLOW_WATCH_COUNT, WATCHERS);
    }

    private void gauge(ApiServerMetric metric, AtomicInteger value) {
        Gauge.builder(metric.text(), value, AtomicInteger::get)
                .description(metric.help())
                .tags(tags)
                .register(registry);
    }

    private Counter counter(ApiServerMetric metric, Tags labels) {
        return Counter.builder(metric.text())
                .description(metric.help())
                .tags(labels)
                .register(registry);
    }

    private Timer timer(ApiServerMetric metric, Tags labels) {
        return Timer.builder(metric.text())
                .description(metric.help())
                .serviceLevelObjectives(DURATIONS)
                .tags(labels)
                .register(registry);
    }

    private DistributionSummary summary(ApiServerMetric metric, double[] buckets) {
        return DistributionSummary.builder(metric.text())
                .description(metric.help())
                .serviceLevelObjectives(buckets)
                .tags(tags)
                .register(registry);
    }

    void estimated(int seats) {
        estimatedSeats.record(seats);
    }

    void watchers(int count) {
        watchers.record(count);
    }

    void enqueued(int seats, int length) {
        queuedRequests.incrementAndGet();
        queuedSeats.addAndGet(seats);
        queueLength.record(length);
    }

    void dequeued(int seats) {
        queuedRequests.decrementAndGet();
        queuedSeats.addAndGet(-seats);
    }

    void started(int seats, long waitedNanos) {
        startedExempt(seats);
        waitedAndExecuted.record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    void startedExempt(int seats) {
        dispatched.increment();
        executingRequests.incrementAndGet();
        executingSeats.addAndGet(seats);
    }

    void ended(long nanos, boolean watch) {
        executingRequests.decrementAndGet();
        (watch ? watchStarted : executed).record(nanos, TimeUnit.NANOSECONDS);
    }

    void released(int seats) {
        executingSeats.addAndGet(-seats);
    }

    void rejected(String reason, long waitedNanos) {
        rejections
                .computeIfAbsent(reason, each -> counter(ApiServerMetric.FLOW_REJECTED, tags.and("reason", each)))
                .increment();
        waitedInVain.record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    void notAccommodated() {
        notAccommodated.increment();
    }
}
