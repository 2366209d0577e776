package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.metrics.ApiServerMetric;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The gauges of each level, made when its name is first seen, and the {@link FlowStats} of each flow. */
final class FlowMetrics {

    private record Key(String level, String schema) {}

    private final MeterRegistry registry;
    private final Map<Key, FlowStats> flows = new HashMap<>();
    private final Set<String> levels = new HashSet<>();
    private volatile double fairFraction;

    FlowMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder(ApiServerMetric.FLOW_FAIR_FRACTION.text(), this, metrics -> metrics.fairFraction)
                .description(ApiServerMetric.FLOW_FAIR_FRACTION.help())
                .register(registry);
    }

    /** @param levels those in force when somebody asks */
    void uses(Supplier<Collection<Level>> levels) {
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            prometheus.getPrometheusRegistry().register(new UseCollector(levels));
        }
    }

    FlowStats flow(String level, String schema) {
        return flows.computeIfAbsent(new Key(level, schema), key -> new FlowStats(registry, level, schema));
    }

    void fairFraction(double value) {
        fairFraction = value;
    }

    /** @param find the level of that name which is in force when the gauge is read */
    void level(String name, Function<String, @Nullable Level> find) {
        if (!levels.add(name)) {
            return;
        }
        gauge(
                name,
                find,
                ApiServerMetric.FLOW_NOMINAL_SEATS,
                level -> level.limits().nominal());
        gauge(
                name,
                find,
                ApiServerMetric.FLOW_LOWER_SEATS,
                level -> level.limits().lowest());
        gauge(
                name,
                find,
                ApiServerMetric.FLOW_UPPER_SEATS,
                level -> level.limits().highest());
        gauge(name, find, ApiServerMetric.FLOW_CURRENT_SEATS, Level::currentSeats);
        gauge(name, find, ApiServerMetric.FLOW_TARGET_SEATS, Level::target);
        gauge(
                name,
                find,
                ApiServerMetric.FLOW_DEMAND_HIGHEST,
                level -> level.lastDemand().highWatermark());
        gauge(
                name,
                find,
                ApiServerMetric.FLOW_DEMAND_AVERAGE,
                level -> level.lastDemand().average());
        gauge(
                name,
                find,
                ApiServerMetric.FLOW_DEMAND_DEVIATION,
                level -> level.lastDemand().deviation());
        gauge(
                name,
                find,
                ApiServerMetric.FLOW_DEMAND_SMOOTHED,
                level -> level.lastDemand().smoothed());
    }

    private void gauge(
            String name,
            Function<String, @Nullable Level> find,
            ApiServerMetric metric,
            ToDoubleFunction<Level> value) {
        Gauge.builder(metric.text(), () -> {
                    Level level = find.apply(name);
                    return level == null ? 0 : value.applyAsDouble(level);
                })
                .description(metric.help())
                .tag("priority_level", name)
                .register(registry);
    }
}
