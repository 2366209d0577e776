package io.kubespring.apiserver.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What the watch cache of a resource holds; looked at only when somebody scrapes. */
public final class CacheMetrics {

    private final MeterRegistry registry;
    /** The registry itself refers to them weakly. */
    private final List<LongSupplier> counted = new ArrayList<>();

    public CacheMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param received events from the store; {@code filled}: times that it was filled from a list */
    public void register(
            String group,
            String resource,
            IntSupplier objects,
            LongSupplier revision,
            LongSupplier received,
            LongSupplier filled) {
        String qualified = group.isEmpty() ? resource : resource + "." + group;
        Gauge.builder(ApiServerMetric.RESOURCE_OBJECTS.text(), objects::getAsInt)
                .description(ApiServerMetric.RESOURCE_OBJECTS.help())
                .tags("group", group, "resource", resource)
                .register(registry);
        Gauge.builder(ApiServerMetric.STORAGE_OBJECTS.text(), objects::getAsInt)
                .description(ApiServerMetric.STORAGE_OBJECTS.help())
                .tags("resource", qualified)
                .register(registry);
        Gauge.builder(ApiServerMetric.WATCH_CACHE_REVISION.text(), revision::getAsLong)
                .description(ApiServerMetric.WATCH_CACHE_REVISION.help())
                .tags("group", group, "resource", resource)
                .register(registry);
        counter(ApiServerMetric.WATCH_CACHE_RECEIVED, group, resource, received);
        counter(ApiServerMetric.WATCH_CACHE_INITIALIZATIONS, group, resource, filled);
    }

    private void counter(ApiServerMetric metric, String group, String resource, LongSupplier value) {
        counted.add(value);
        FunctionCounter.builder(metric.text(), value, LongSupplier::getAsLong)
                .description(metric.help())
                .tags("group", group, "resource", resource)
                .register(registry);
    }
}
