package io.kubespring.apiserver.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What the watch cache of a resource holds; looked at only when somebody scrapes. */
public final class CacheMetrics {

    private final MeterRegistry registry;

    public CacheMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void register(String group, String resource, IntSupplier objects, LongSupplier revision) {
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
    }
}
