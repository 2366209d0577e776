package io.kubespring.controllers.endpointslice;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which slices of one set of ports to write so that together they hold exactly the desired endpoints, each at most
 * {@value #MAX_ENDPOINTS}, with few writes: an endpoint stays in the slice it is in, new ones go into slices that are
 * written anyway, then into the fullest slice with room, then into new ones.
 *
 * @param contents of each slice that must change; an empty list: delete it
 * @param added contents of new slices
 */
record SlicePlan(Map<EndpointSlice, List<Endpoint>> contents, List<List<Endpoint>> added) {

    static final int MAX_ENDPOINTS = 100;

    static SlicePlan of(Collection<EndpointSlice> existing, Collection<Endpoint> desired) {
        var missing = new LinkedHashMap<Object, Endpoint>();
        desired.forEach(endpoint -> missing.put(identity(endpoint), endpoint));
        var kept = new LinkedHashMap<EndpointSlice, List<Endpoint>>();
        var changed = new LinkedHashMap<EndpointSlice, List<Endpoint>>();
        for (EndpointSlice slice : existing) {
            var content = new ArrayList<Endpoint>();
            boolean different = false;
            for (Endpoint before : slice.getEndpoints()) {
                Endpoint now = missing.remove(identity(before));
                different |= !before.equals(now);
                if (now != null) {
                    content.add(now);
                }
            }
            (different ? changed : kept).put(slice, content);
        }
        var left = new ArrayDeque<>(missing.values());
        changed.values().forEach(content -> fill(content, left));
        fillKept(kept, changed, left);
        var added = new ArrayList<List<Endpoint>>();
        while (!left.isEmpty()) {
            var content = new ArrayList<Endpoint>();
            fill(content, left);
            added.add(content);
        }
        kept.forEach((slice, content) -> {
            if (content.isEmpty()) {
                changed.put(slice, content);
            }
        });
        return new SlicePlan(changed, added);
    }

    private static void fillKept(
            Map<EndpointSlice, List<Endpoint>> kept,
            Map<EndpointSlice, List<Endpoint>> changed,
            ArrayDeque<Endpoint> left) {
        List<EndpointSlice> fullestFirst = kept.entrySet().stream()
                .filter(entry -> entry.getValue().size() < MAX_ENDPOINTS)
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .map(Map.Entry::getKey)
                .toList();
        for (EndpointSlice slice : fullestFirst) {
            if (left.isEmpty()) {
                return;
            }
            List<Endpoint> content = Objects.requireNonNull(kept.remove(slice));
            fill(content, left);
            changed.put(slice, content);
        }
    }

    private static void fill(List<Endpoint> content, ArrayDeque<Endpoint> left) {
        while (content.size() < MAX_ENDPOINTS && !left.isEmpty()) {
            content.add(left.poll());
        }
    }

    /** What makes two versions the same endpoint. */
    private static Object identity(Endpoint endpoint) {
        String uid = endpoint.getTargetRef() == null
                ? ""
                : String.valueOf(endpoint.getTargetRef().getUid());
        return List.of(endpoint.getAddresses(), uid);
    }

    /** Ports in an order of their own, to compare them. */
    static List<EndpointPort> sorted(List<EndpointPort> ports) {
        return ports.stream()
                .sorted(Comparator.comparing((EndpointPort port) -> String.valueOf(port.getName()))
                        .thenComparing(port -> String.valueOf(port.getPort()))
                        .thenComparing(port -> String.valueOf(port.getProtocol())))
                .toList();
    }
}
