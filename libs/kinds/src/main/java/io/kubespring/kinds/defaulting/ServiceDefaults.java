package io.kubespring.kinds.defaulting;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Services, Endpoints and EndpointSlices. What needs allocation (IP families, addresses, node ports) is not here. */
final class ServiceDefaults {

    /** Seconds that a client sticks to one endpoint: three hours. */
    private static final int STICKY_SECONDS = 10_800;

    private ServiceDefaults() {}

    static void service(ObjectNode service) {
        ObjectNode spec = Absent.object(service, "spec");
        Absent.text(spec, "sessionAffinity", "None");
        sessionAffinity(spec);
        Absent.text(spec, "type", "ClusterIP");
        Absent.each(spec, "ports").forEach(ServiceDefaults::port);
        String type = Absent.textOf(spec, "type");
        boolean external = type.equals("NodePort") || type.equals("LoadBalancer");
        if (external || (type.equals("ClusterIP") && !Absent.isEmpty(spec, "externalIPs"))) {
            Absent.text(spec, "externalTrafficPolicy", "Cluster");
        }
        if (external || type.equals("ClusterIP")) {
            Absent.pointer(spec, "internalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            Absent.pointer(spec, "allocateLoadBalancerNodePorts", true);
            Absent.within(service, ServiceDefaults::ipModes, "status", "loadBalancer");
        }
    }

    private static void sessionAffinity(ObjectNode spec) {
        switch (Absent.textOf(spec, "sessionAffinity")) {
            case "None" -> spec.remove("sessionAffinityConfig");
            case "ClientIP" -> {
                ObjectNode config = Absent.object(spec, "sessionAffinityConfig");
                Absent.pointer(Absent.object(config, "clientIP"), "timeoutSeconds", STICKY_SECONDS);
            }
            default -> {}
        }
    }

    private static void port(ObjectNode port) {
        Absent.text(port, "protocol", "TCP");
        JsonNode target = port.path("targetPort");
        boolean given = target.isString() ? !target.stringValue().isEmpty() : target.asLong(0) != 0;
        if (!given && port.hasNonNull("port")) {
            port.set("targetPort", port.get("port"));
        }
    }

    private static void ipModes(ObjectNode loadBalancer) {
        for (ObjectNode ingress : Absent.each(loadBalancer, "ingress")) {
            if (!Absent.isEmptyText(ingress, "ip")) {
                Absent.pointer(ingress, "ipMode", "VIP");
            }
        }
    }

    static void endpoints(ObjectNode endpoints) {
        for (ObjectNode subset : Absent.each(endpoints, "subsets")) {
            for (ObjectNode port : Absent.each(subset, "ports")) {
                Absent.text(port, "protocol", "TCP");
            }
        }
    }

    static void endpointSlice(ObjectNode slice) {
        for (ObjectNode endpoint : Absent.each(slice, "endpoints")) {
            Absent.object(endpoint, "conditions");
        }
        for (ObjectNode port : Absent.each(slice, "ports")) {
            Absent.pointer(port, "name", "");
            Absent.pointer(port, "protocol", "TCP");
        }
    }
}
