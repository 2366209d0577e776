package io.kubespring.kinds.defaulting;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The networking.k8s.io group. */
final class NetworkingDefaults {

    private NetworkingDefaults() {}

    static void networkPolicy(ObjectNode policy) {
        ObjectNode spec = Absent.object(policy, "spec");
        for (String direction : List.of("ingress", "egress")) {
            for (ObjectNode rule : Absent.each(spec, direction)) {
                for (ObjectNode port : Absent.each(rule, "ports")) {
                    Absent.pointer(port, "protocol", "TCP");
                }
            }
        }
        if (Absent.isEmpty(spec, "policyTypes")) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (!Absent.isEmpty(spec, "egress")) {
                types.add("Egress");
            }
        }
    }

    static void ingressClass(ObjectNode ingressClass) {
        Absent.within(ingressClass, parameters -> Absent.pointer(parameters, "scope", "Cluster"), "spec", "parameters");
    }
}
