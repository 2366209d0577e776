package io.kubespring.apiserver.metrics;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts and sizes what watchers are sent, by resource; looked up once a watch. */
public final class WatchMetrics {

    private final MeterRegistry registry;
    private final Map<GroupVersionKind, Sent> byKind = new ConcurrentHashMap<>();

    public WatchMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public Sent of(ResourceType type) {
        return byKind.computeIfAbsent(type.kind(), kind -> sent(type));
    }

    private Sent sent(ResourceType type) {
        Tags tags = Tags.of(
                "group", type.kind().group(),
                "version", type.kind().version(),
                "resource", type.groupResource().resource());
        return new Sent(
                Counter.builder(ApiServerMetric.WATCH_EVENTS.text())
                        .description(ApiServerMetric.WATCH_EVENTS.help())
                        .tags(tags)
                        .register(registry),
                DistributionSummary.builder(ApiServerMetric.WATCH_EVENT_SIZES.text())
                        .description(ApiServerMetric.WATCH_EVENT_SIZES.help())
                        .serviceLevelObjectives(RequestBuckets.EVENT_BYTES)
                        .tags(tags)
                        .register(registry));
    }

    /** What the watchers of one resource were sent. */
    public static final class Sent {
        private final Counter events;
        private final DistributionSummary sizes;

        private Sent(Counter events, DistributionSummary sizes) {
            this.events = events;
            this.sizes = sizes;
        }

        public void count(List<byte[]> frames) {
            events.increment(frames.size());
            for (byte[] frame : frames) {
                sizes.record(frame.length);
            }
        }
    }
}
