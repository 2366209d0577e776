package io.kubespring.apiserver.allocation;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.metrics.ApiServerMetric;
import io.kubespring.kinds.service.AddressRange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Counts what is allocated, by block of addresses and for the ports, each by whether the user named it. */
public final class AllocationMetrics {

    /** Those of Go's metrics library, which upstream takes. */
    private static final Duration[] BUCKETS = DoubleStream.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
            .mapToObj(seconds -> Duration.ofMillis((long) (seconds * 1000)))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final TimeSource time;
    private final Map<AddressRange, Meters> addresses = new ConcurrentHashMap<>();
    private final Meters ports;
    private volatile ToLongFunction<AddressRange> used = range -> 0;

    public AllocationMetrics(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
        ports = new Meters(
                registry,
                ApiServerMetric.NODE_PORT_ALLOCATIONS,
                ApiServerMetric.NODE_PORT_ALLOCATION_ERRORS,
                List.of(),
                null);
    }

    /** Counters of one allocator. */
    final class Meters {
        private final @Nullable Timer duration;
        private final Counter named;
        private final Counter chosen;
        private final Counter namedFailed;
        private final Counter chosenFailed;

        Meters(
                MeterRegistry registry,
                ApiServerMetric total,
                ApiServerMetric errors,
                List<Tag> tags,
                @Nullable Timer duration) {
            this.duration = duration;
            named = counter(registry, total, tags, "static");
            chosen = counter(registry, total, tags, "dynamic");
            namedFailed = counter(registry, errors, tags, "static");
            chosenFailed = counter(registry, errors, tags, "dynamic");
        }

        /** When an allocation begins, for {@link #allocated}. */
        long begin() {
            return time.nanoTime();
        }

        /** @param begun see {@link #begin} */
        void allocated(boolean byUser, long begun) {
            (byUser ? named : chosen).increment();
            if (duration != null) {
                duration.record(time.nanoTime() - begun, TimeUnit.NANOSECONDS);
            }
        }

        void failed(boolean byUser) {
            (byUser ? namedFailed : chosenFailed).increment();
        }

        private Counter counter(MeterRegistry registry, ApiServerMetric metric, List<Tag> tags, String scope) {
            return Counter.builder(metric.text())
                    .description(metric.help())
                    .tags(tags)
                    .tag("scope", scope)
                    .register(registry);
        }
    }

    Meters address(AddressRange range) {
        return addresses.computeIfAbsent(range, this::newBlock);
    }

    Meters ports() {
        return ports;
    }

    /** @param used how many addresses of a block are taken, asked when metrics are read */
    void observeAddresses(ToLongFunction<AddressRange> used, Iterable<AddressRange> known) {
        this.used = used;
        known.forEach(this::address);
    }

    void observePorts(LongSupplier used, int size) {
        gauge(ApiServerMetric.NODE_PORTS_ALLOCATED, List.of(), used);
        gauge(ApiServerMetric.NODE_PORTS_AVAILABLE, List.of(), () -> size - used.getAsLong());
    }

    private Meters newBlock(AddressRange range) {
        List<Tag> tags = List.of(Tag.of("cidr", range.toString()));
        gauge(ApiServerMetric.CLUSTER_IPS_ALLOCATED, tags, () -> used.applyAsLong(range));
        gauge(ApiServerMetric.CLUSTER_IPS_AVAILABLE, tags, () -> range.usable() - used.applyAsLong(range));
        return new Meters(
                registry,
                ApiServerMetric.CLUSTER_IP_ALLOCATIONS,
                ApiServerMetric.CLUSTER_IP_ALLOCATION_ERRORS,
                tags,
                Timer.builder(ApiServerMetric.CLUSTER_IP_ALLOCATION_DURATION.text())
                        .description(ApiServerMetric.CLUSTER_IP_ALLOCATION_DURATION.help())
                        .tags(tags)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }

    private void gauge(ApiServerMetric metric, List<Tag> tags, LongSupplier value) {
        Gauge.builder(metric.text(), value, LongSupplier::getAsLong)
                .description(metric.help())
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
