package io.kubespring.apiserver.strategies.service;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an update means for fields that the server filled in: a client that leaves them out keeps them, and a change of
 * type drops those that the new type does not have, unless the client set them anew.
 */
final class ServiceTransition {

    private final ObjectNode next;
    private final JsonNode current;

    ServiceTransition(ObjectNode nextSpec, JsonNode currentSpec) {
        next = nextSpec;
        current = currentSpec;
    }

    void apply() {
        alignClusterIps();
        keepAllocated();
        dropWhatTheTypeHasNot();
    }

    /** {@code clusterIP} is the first of {@code clusterIPs}; old clients know only the former. */
    private void alignClusterIps() {
        String single = ServiceSpecs.text(next, "clusterIP");
        String before = ServiceSpecs.text(current, "clusterIP");
        boolean listUntouched = next.path("clusterIPs").equals(current.path("clusterIPs"));
        if (single.equals(before) || !listUntouched) {
            if (single.isEmpty() && !next.path("clusterIPs").isEmpty()) {
                next.put("clusterIP", next.path("clusterIPs").path(0).asString(""));
            } else if (!single.isEmpty() && next.path("clusterIPs").isEmpty()) {
                next.putArray("clusterIPs").add(single);
            }
            return;
        }
        next.remove("clusterIPs");
        if (!single.isEmpty()) {
            next.putArray("clusterIPs").add(single);
        }
    }

    private void keepAllocated() {
        if (ServiceSpecs.needsClusterIp(next) && ServiceSpecs.needsClusterIp(current)) {
            if (ServiceSpecs.text(next, "clusterIP").isEmpty()) {
                copy("clusterIP");
            }
            if (next.path("clusterIPs").isEmpty() && next.path("clusterIP").equals(current.path("clusterIP"))) {
                copy("clusterIPs");
            }
            for (String field : new String[] {"ipFamilies", "ipFamilyPolicy"}) {
                if (!next.hasNonNull(field)) {
                    copy(field);
                }
            }
        }
        if (ServiceSpecs.needsNodePort(next) && ServiceSpecs.needsNodePort(current)) {
            keepNodePorts();
        }
        if (ServiceSpecs.needsHealthCheckNodePort(next)
                && ServiceSpecs.needsHealthCheckNodePort(current)
                && next.path("healthCheckNodePort").asInt(0) == 0) {
            copy("healthCheckNodePort");
        }
    }

    private void keepNodePorts() {
        Set<Integer> used = new HashSet<>();
        ServiceSpecs.ports(next).forEach(each -> used.add(ServiceSpecs.nodePort(each)));
        for (ObjectNode port : ServiceSpecs.ports(next)) {
            if (ServiceSpecs.nodePort(port) != 0) {
                continue;
            }
            for (ObjectNode old : ServiceSpecs.ports(current)) {
                int nodePort = ServiceSpecs.nodePort(old);
                if (old.path("port").equals(port.path("port"))
                        && old.path("protocol").equals(port.path("protocol"))
                        && used.add(nodePort)) {
                    port.put("nodePort", nodePort);
                }
            }
        }
    }

    private void dropWhatTheTypeHasNot() {
        if (ServiceSpecs.needsClusterIp(current) && !ServiceSpecs.needsClusterIp(next)) {
            if (same("clusterIP") && same("clusterIPs")) {
                next.remove("clusterIP");
                next.remove("clusterIPs");
            }
            dropIfSame("ipFamilies");
            dropIfSame("ipFamilyPolicy");
        }
        if (opensNodePorts(current) && !opensNodePorts(next) && noNewNodePorts()) {
            ServiceSpecs.ports(next).forEach(each -> each.remove("nodePort"));
        }
        if (ServiceSpecs.needsHealthCheckNodePort(current) && !ServiceSpecs.needsHealthCheckNodePort(next)) {
            dropIfSame("healthCheckNodePort");
        }
        if (ServiceSpecs.isLoadBalancer(current) && !ServiceSpecs.isLoadBalancer(next)) {
            dropIfSame("allocateLoadBalancerNodePorts");
            dropIfSame("loadBalancerClass");
        }
        if (ServiceSpecs.isExternal(current) && !ServiceSpecs.isExternal(next)) {
            dropIfSame("externalTrafficPolicy");
        }
    }

    /** By its type, whether or not it wants any. */
    private static boolean opensNodePorts(JsonNode spec) {
        return ServiceSpecs.isLoadBalancer(spec)
                || ServiceSpecs.text(spec, "type").equals("NodePort");
    }

    private boolean noNewNodePorts() {
        Set<Integer> held = new HashSet<>(Set.of(0));
        ServiceSpecs.ports(current).forEach(each -> held.add(ServiceSpecs.nodePort(each)));
        return ServiceSpecs.ports(next).stream().allMatch(each -> held.contains(ServiceSpecs.nodePort(each)));
    }

    private boolean same(String field) {
        return next.path(field).equals(current.path(field));
    }

    private void dropIfSame(String field) {
        if (same(field)) {
            next.remove(field);
        }
    }

    private void copy(String field) {
        if (current.hasNonNull(field)) {
            next.set(field, current.get(field).deepCopy());
        }
    }
}
