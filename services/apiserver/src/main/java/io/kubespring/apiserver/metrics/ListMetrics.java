package io.kubespring.apiserver.metrics;

import io.kubespring.api.GroupResource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts lists that watch caches answer, by resource, with the objects that were looked at and given. */
public final class ListMetrics {

    private final MeterRegistry registry;
    private final Map<GroupResource, Served> byResource = new ConcurrentHashMap<>();

    public ListMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public Served of(GroupResource resource) {
        return byResource.computeIfAbsent(resource, Served::new);
    }

    /** What was listed of one resource. */
    public final class Served {

        private final Counter lists;
        private final Counter fetched;
        private final Counter returned;
        private final Counter consistent;
        private final Counter inconsistent;

        private Served(GroupResource resource) {
            Tags tags = Tags.of("group", resource.group(), "resource", resource.resource());
            lists = counter(ApiServerMetric.CACHE_LISTS, tags.and("index", ""));
            fetched = counter(ApiServerMetric.CACHE_LIST_FETCHED, tags.and("index", ""));
            returned = counter(ApiServerMetric.CACHE_LIST_RETURNED, tags);
            // There is no other way to read: who cannot be answered from the cache is not answered.
            Tags reads = tags.and("fallback", "false");
            consistent = counter(ApiServerMetric.CONSISTENT_READS, reads.and("success", "true"));
            inconsistent = counter(ApiServerMetric.CONSISTENT_READS, reads.and("success", "false"));
        }

        public void listed(int looked, int given) {
            lists.increment();
            fetched.increment(looked);
            returned.increment(given);
        }

        /** @param success whether the cache became fresh in time */
        public void readConsistently(boolean success) {
            (success ? consistent : inconsistent).increment();
        }

        private Counter counter(ApiServerMetric metric, Tags tags) {
            return Counter.builder(metric.text())
                    .description(metric.help())
                    .tags(tags)
                    .register(registry);
        }
    }
}
