package io.kubespring.apiserver.metrics;

import io.kubespring.api.time.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Times the store's work, under etcd's names whichever store it is: dashboards look for them. The labels are the parts of a
 * key that say what kind of object it holds; only custom resources carry their group there.
 */
public final class StoreMetrics {

    private record Key(String operation, String resource) {}

    private record Meters(Counter requests, Counter errors, Timer duration) {}

    private final MeterRegistry registry;
    private final TimeSource time;
    private final Map<Key, Meters> meters = new ConcurrentHashMap<>();

    public StoreMetrics(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
    }

    /** Now, as {@link #done} expects it. */
    public long start() {
        return time.nanoTime();
    }

    /** @param key "/registry/pods/default/a", "/registry/services/specs/default/a" */
    public void done(String operation, String key, boolean failed, long start) {
        var label = new Key(operation, resource(key));
        Meters found = meters.get(label);
        if (found == null) {
            found = meters.computeIfAbsent(label, this::meters);
        }
        found.requests().increment();
        found.duration().record(time.nanoTime() - start, TimeUnit.NANOSECONDS);
        if (failed) {
            found.errors().increment();
        }
    }

    private Meters meters(Key key) {
        int slash = key.resource().indexOf('/');
        Tags tags = Tags.of(
                "operation", key.operation(),
                "group", slash < 0 ? "" : key.resource().substring(0, slash),
                "resource", key.resource().substring(slash + 1));
        return new Meters(
                counter(ApiServerMetric.STORE_REQUESTS, tags),
                counter(ApiServerMetric.STORE_ERRORS, tags),
                Timer.builder(ApiServerMetric.STORE_DURATION.text())
                        .description(ApiServerMetric.STORE_DURATION.help())
                        .serviceLevelObjectives(RequestBuckets.DURATION)
                        .tags(tags)
                        .register(registry));
    }

    private Counter counter(ApiServerMetric metric, Tags tags) {
        return Counter.builder(metric.text())
                .description(metric.help())
                .tags(tags)
                .register(registry);
    }

    /** "pods"; "services" for upstream's "services/specs"; "example.com/things". */
    private static String resource(String key) {
        int first = key.indexOf('/', 1);
        int second = first < 0 ? -1 : key.indexOf('/', first + 1);
        if (second < 0) {
            return "";
        }
        int dot = key.indexOf('.', first);
        int third = dot < 0 || dot > second ? second : key.indexOf('/', second + 1);
        return key.substring(first + 1, third < 0 ? second : third);
    }
}
