package io.kubespring.apiserver.strategies.service;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions about the spec of a Service, as a tree. */
final class ServiceSpecs {

    static final String NONE = "None";

    private ServiceSpecs() {}

    static ObjectNode of(ObjectNode service) {
        return service.get("spec") instanceof ObjectNode spec ? spec : service.putObject("spec");
    }

    static String text(JsonNode spec, String field) {
        return spec.path(field).asString("");
    }

    static boolean needsClusterIp(JsonNode spec) {
        return !text(spec, "type").equals("ExternalName");
    }

    static boolean isHeadless(JsonNode spec) {
        return text(spec, "clusterIP").equals(NONE)
                || spec.path("clusterIPs").path(0).asString("").equals(NONE);
    }

    /** Whether its ports are open on nodes. */
    static boolean needsNodePort(JsonNode spec) {
        return switch (text(spec, "type")) {
            case "NodePort" -> true;
            case "LoadBalancer" -> spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
            default -> false;
        };
    }

    /** Whether a load balancer asks nodes on a port of its own if they have endpoints. */
    static boolean needsHealthCheckNodePort(JsonNode spec) {
        return isLoadBalancer(spec) && text(spec, "externalTrafficPolicy").equals("Local");
    }

    static boolean isLoadBalancer(JsonNode spec) {
        return text(spec, "type").equals("LoadBalancer");
    }

    /** Whether it can be reached from outside the cluster. */
    static boolean isExternal(JsonNode spec) {
        return switch (text(spec, "type")) {
            case "NodePort", "LoadBalancer" -> true;
            case "ClusterIP" -> !spec.path("externalIPs").isEmpty();
            default -> false;
        };
    }

    static List<ObjectNode> ports(JsonNode spec) {
        var ports = new ArrayList<ObjectNode>();
        spec.path("ports").forEach(each -> {
            if (each instanceof ObjectNode port) {
                ports.add(port);
            }
        });
        return ports;
    }

    static int nodePort(JsonNode port) {
        return port.path("nodePort").asInt(0);
    }
}
