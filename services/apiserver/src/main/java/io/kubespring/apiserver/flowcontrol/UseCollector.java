package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.metrics.ApiServerMetric;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows {@link LevelUse} and {@link VirtualTimes} of all levels to Prometheus, read when it asks. */
final class UseCollector implements MultiCollector {

    private static final String LEVEL = "priority_level";

    private final Supplier<Collection<Level>> levels;

    UseCollector(Supplier<Collection<Level>> levels) {
        this.levels = levels;
    }

    @Override
    public MetricSnapshots collect() {
        var seats = histogram(ApiServerMetric.FLOW_SEAT_UTILIZATION);
        var requests = histogram(ApiServerMetric.FLOW_REQUEST_UTILIZATION);
        var demand = histogram(ApiServerMetric.FLOW_DEMAND);
        var current = gauge(ApiServerMetric.FLOW_CURRENT_R);
        var dispatched = gauge(ApiServerMetric.FLOW_DISPATCH_R);
        var latest = gauge(ApiServerMetric.FLOW_LATEST_S);
        var bounds = gauge(ApiServerMetric.FLOW_NEXT_S);
        for (Level level : levels.get()) {
            String name = level.name();
            LevelUse.Readings use = level.line().use();
            seats.dataPoint(point(use.seats(), Labels.of("phase", "executing", LEVEL, name)));
            requests.dataPoint(point(use.waiting(), Labels.of("phase", "waiting", LEVEL, name)));
            requests.dataPoint(point(use.executing(), Labels.of("phase", "executing", LEVEL, name)));
            demand.dataPoint(point(use.demand(), Labels.of(LEVEL, name)));
            VirtualTimes times = level.line().times();
            add(current, times.current(), Labels.of(LEVEL, name));
            add(dispatched, times.dispatched(), Labels.of(LEVEL, name));
            add(latest, times.latest(), Labels.of(LEVEL, name));
            add(bounds, times.first(), Labels.of("bound", "min", LEVEL, name));
            add(bounds, times.last(), Labels.of("bound", "max", LEVEL, name));
        }
        List<MetricSnapshot> all = new ArrayList<>(List.of(seats.build(), requests.build(), demand.build()));
        all.addAll(List.of(current.build(), dispatched.build(), latest.build(), bounds.build()));
        return new MetricSnapshots(all);
    }

    private static HistogramSnapshot.Builder histogram(ApiServerMetric metric) {
        return HistogramSnapshot.builder().name(metric.text()).help(metric.help());
    }

    private static GaugeSnapshot.Builder gauge(ApiServerMetric metric) {
        return GaugeSnapshot.builder().name(metric.text()).help(metric.help());
    }

    private static HistogramDataPointSnapshot point(TimedHistogram.Reading reading, Labels labels) {
        double[] upper = Arrays.copyOf(reading.bounds(), reading.bounds().length + 1);
        upper[upper.length - 1] = Double.POSITIVE_INFINITY;
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(upper, reading.nanos()))
                .sum(reading.sum())
                .labels(labels)
                .build();
    }

    private static void add(GaugeSnapshot.Builder gauge, @Nullable Double value, Labels labels) {
        if (value != null) {
            gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .value(value)
                    .labels(labels)
                    .build());
        }
    }
}
