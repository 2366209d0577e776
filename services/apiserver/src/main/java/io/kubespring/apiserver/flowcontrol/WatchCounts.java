package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many watches a write may concern: those of all objects of its resource, of its namespace, and of its object. Watches
 * of one node's Pods are left out: a Pod concerns one of them at most.
 */
final class WatchCounts {

    private record Key(String group, String resource, String namespace, String name) {}

    private final Map<Key, Integer> counts = new ConcurrentHashMap<>();

    /** @return ends the count of this watch; to be run once */
    Runnable begin(RequestInfo info, QueryParameters query) {
        if (info.resource().equals("pods") && query.firstOr("fieldSelector", "").contains("spec.nodeName=")) {
            return () -> {};
        }
        var key = new Key(info.apiGroup(), info.resource(), info.namespace(), info.name());
        counts.merge(key, 1, Integer::sum);
        return () -> counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    int interestedIn(RequestInfo info) {
        if (counts.isEmpty()) {
            return 0;
        }
        int found = count(info, "", "");
        if (!info.namespace().isEmpty()) {
            found += count(info, info.namespace(), "");
        }
        if (!info.name().isEmpty()) {
            found += count(info, info.namespace(), info.name());
        }
        return found;
    }

    private int count(RequestInfo info, String namespace, String name) {
        Integer found = counts.get(new Key(info.apiGroup(), info.resource(), namespace, name));
        return found == null ? 0 : found;
    }
}
