package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.warnings.ServiceWarnings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * EndpointSlices: their generation counts changes of the labels, too, which say whose they are. The topology of old
 * versions is not taken any more; a client that only knows it keeps the name of a node that was there.
 */
final class EndpointSliceStrategy extends KindStrategy {

    private static final String TOPOLOGY = "deprecatedTopology";
    private static final String HOST = "kubernetes.io/hostname";

    EndpointSliceStrategy() {
        super(Traits.CONTROLLED);
    }

    @Override
    public void prepareForCreate(ObjectNode slice, Context context) {
        super.prepareForCreate(slice, context);
        endpoints(slice).forEach(each -> each.remove(TOPOLOGY));
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        if (!next.path("endpoints").equals(current.path("endpoints"))) {
            dropTopology(next, current);
        }
        super.prepareForUpdate(next, current, context);
        long generation = current.path("metadata").path("generation").asLong(0);
        boolean counted = metadata(next).path("generation").asLong(0) > generation;
        if (!counted
                && !next.path("metadata")
                        .path("labels")
                        .equals(current.path("metadata").path("labels"))) {
            metadata(next).put("generation", generation + 1);
        }
    }

    private static void dropTopology(ObjectNode next, ObjectNode current) {
        Set<String> known =
                endpoints(current).stream().map(EndpointSliceStrategy::host).collect(Collectors.toSet());
        for (ObjectNode endpoint : endpoints(next)) {
            String host = host(endpoint);
            if (!endpoint.hasNonNull("nodeName") && !host.isEmpty() && known.contains(host)) {
                endpoint.put("nodeName", host);
            }
            endpoint.remove(TOPOLOGY);
        }
    }

    private static String host(ObjectNode endpoint) {
        return endpoint.path(TOPOLOGY).path(HOST).asString("");
    }

    private static List<ObjectNode> endpoints(ObjectNode slice) {
        List<ObjectNode> endpoints = new ArrayList<>();
        for (JsonNode each : slice.path("endpoints")) {
            if (each instanceof ObjectNode endpoint) {
                endpoints.add(endpoint);
            }
        }
        return endpoints;
    }

    @Override
    public List<String> warnings(ObjectNode slice, @Nullable ObjectNode current, Context context) {
        return ServiceWarnings.endpointSlice(Field.root(slice), current == null ? null : Field.root(current));
    }
}
