package io.kubespring.apiserver.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;

/** What the watch cache of a resource holds and does; looked at only when somebody scrapes. */
public final class CacheMetrics {

    /** Of a resource version only these digits are told, as upstream: more would not fit a double. */
    private static final long REVISION_DIGITS = 1_000_000_000_000_000L;

    private final MeterRegistry registry;
    /** The registry itself refers to them weakly. */
    private final List<Observed> observed = new ArrayList<>();

    /** A watch cache, as metrics see it. */
    public interface Observed {

        int objects();

        long revision();

        /** How many events it took from the store. */
        long eventsReceived();

        /** How often it was filled from a list. */
        long initializations();

        /** How many events watchers were sent of the time before they came. */
        long initialEvents();

        /** How many watchers were ended because they did not read. */
        long overrunWatchers();

        /** How many events it remembers at most. */
        int capacity();

        /** Gets the nanoseconds that each reader waits for the cache to be fresh, if it has to. */
        void observeWaits(LongConsumer nanos);
    }

    public CacheMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void register(String group, String resource, Observed cache) {
        observed.add(cache);
        Tags tags = Tags.of("group", group, "resource", resource);
        Tags qualified = Tags.of("resource", group.isEmpty() ? resource : resource + "." + group);
        gauge(ApiServerMetric.RESOURCE_OBJECTS, tags, cache, Observed::objects);
        gauge(ApiServerMetric.STORAGE_OBJECTS, qualified, cache, Observed::objects);
        gauge(ApiServerMetric.WATCH_CACHE_REVISION, tags, cache, each -> each.revision() % REVISION_DIGITS);
        gauge(ApiServerMetric.WATCH_CACHE_CAPACITY, tags, cache, Observed::capacity);
        counter(ApiServerMetric.WATCH_CACHE_RECEIVED, tags, cache, Observed::eventsReceived);
        // An event is handed to all watchers in the step that takes it in.
        counter(ApiServerMetric.WATCH_CACHE_DISPATCHED, tags, cache, Observed::eventsReceived);
        counter(ApiServerMetric.WATCH_CACHE_INITIALIZATIONS, tags, cache, Observed::initializations);
        counter(ApiServerMetric.INIT_EVENTS, tags, cache, Observed::initialEvents);
        counter(ApiServerMetric.TERMINATED_WATCHERS, tags, cache, Observed::overrunWatchers);
        Timer waits = Timer.builder(ApiServerMetric.WATCH_CACHE_READ_WAIT.text())
                .description(ApiServerMetric.WATCH_CACHE_READ_WAIT.help())
                .tags(tags)
                .serviceLevelObjectives(RequestBuckets.READ_WAIT)
                .register(registry);
        cache.observeWaits(nanos -> waits.record(nanos, TimeUnit.NANOSECONDS));
    }

    private void gauge(ApiServerMetric metric, Tags tags, Observed cache, ToDoubleFunction<Observed> value) {
        Gauge.builder(metric.text(), cache, value)
                .description(metric.help())
                .tags(tags)
                .register(registry);
    }

    private void counter(ApiServerMetric metric, Tags tags, Observed cache, ToDoubleFunction<Observed> value) {
        FunctionCounter.builder(metric.text(), cache, value)
                .description(metric.help())
                .tags(tags)
                .register(registry);
    }
}
