package io.kubespring.apiserver.allocation;

import io.kubespring.kinds.service.IpFamily;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The addresses and node ports that a Service holds, read off its spec. */
public final class ServiceHoldings {

    private ServiceHoldings() {}

    /** None for a headless Service. */
    public static List<String> addresses(ObjectNode service) {
        var found = new ArrayList<String>();
        if (service.path("spec").path("type").asString("").equals("ExternalName")) {
            return found;
        }
        for (JsonNode each : service.path("spec").path("clusterIPs")) {
            if (IpFamily.isAddress(each.asString(""))) {
                found.add(each.asString(""));
            }
        }
        String single = service.path("spec").path("clusterIP").asString("");
        if (found.isEmpty() && IpFamily.isAddress(single)) {
            found.add(single);
        }
        return found;
    }

    /** Those of health checks included, each once. */
    public static List<Integer> ports(ObjectNode service) {
        var found = new ArrayList<Integer>();
        for (JsonNode each : service.path("spec").path("ports")) {
            int port = each.path("nodePort").asInt(0);
            if (port != 0 && !found.contains(port)) {
                found.add(port);
            }
        }
        int health = service.path("spec").path("healthCheckNodePort").asInt(0);
        if (health != 0 && !found.contains(health)) {
            found.add(health);
        }
        return found;
    }
}
