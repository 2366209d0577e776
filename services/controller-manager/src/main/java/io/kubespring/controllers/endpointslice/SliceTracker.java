package io.kubespring.controllers.endpointslice;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.kubespring.client.controller.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Remembers which slices we have written, to tell when the informer's copy is older than our own writes: a Service must
 * not be reconciled then, lest slices be made twice.
 */
final class SliceTracker {

    private final Map<ObjectKey, Map<String, Long>> written = new HashMap<>();

    synchronized void wrote(ObjectKey service, EndpointSlice slice) {
        written.computeIfAbsent(service, any -> new HashMap<>())
                .put(slice.getMetadata().getUid(), version(slice));
    }

    synchronized void forget(ObjectKey service, EndpointSlice slice) {
        Map<String, Long> slices = written.get(service);
        if (slices != null && slices.remove(slice.getMetadata().getUid()) != null && slices.isEmpty()) {
            written.remove(service);
        }
    }

    synchronized void forget(ObjectKey service) {
        written.remove(service);
    }

    /** @param seen the service's slices as the informer has them */
    synchronized boolean isStale(ObjectKey service, Collection<EndpointSlice> seen) {
        Map<String, Long> slices = written.get(service);
        if (slices == null) {
            return false;
        }
        var missing = new HashMap<>(slices);
        for (EndpointSlice slice : seen) {
            Long ours = missing.remove(slice.getMetadata().getUid());
            if (ours != null && version(slice) < ours) {
                return true;
            }
        }
        return !missing.isEmpty();
    }

    /** Resource versions of one resource may be compared as numbers (KEP-5504). */
    private static long version(EndpointSlice slice) {
        return Long.parseLong(Objects.requireNonNullElse(slice.getMetadata().getResourceVersion(), "0"));
    }
}
