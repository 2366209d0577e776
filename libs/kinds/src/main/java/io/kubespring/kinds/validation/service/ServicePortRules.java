package io.kubespring.kinds.validation.service;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ports of a Service: named where there are several, and no two the same. */
final class ServicePortRules {

    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final int KUBELET_PORT = 10250;

    private ServicePortRules() {}

    static void check(Field spec, Errors errors) {
        Field ports = spec.at("ports");
        boolean several = ports.items().size() > 1;
        boolean internal = spec.at("type").isText("ClusterIP");
        Set<String> names = new HashSet<>();
        Set<String> portsSeen = new HashSet<>();
        Set<String> nodePortsSeen = new HashSet<>();
        for (Field port : ports.items()) {
            one(port, several, names, errors);
            String protocol = port.at("protocol").text();
            if (!portsSeen.add(protocol + port.at("port").number())) {
                errors.duplicate(port);
            }
            Field nodePort = port.at("nodePort");
            if (nodePort.empty()) {
                continue;
            }
            if (internal) {
                errors.forbidden(nodePort, "may not be used when `type` is 'ClusterIP'");
            } else if (!nodePortsSeen.add(protocol + nodePort.number())) {
                errors.duplicate(nodePort);
            }
        }
        if (spec.at("type").isText("LoadBalancer")) {
            for (Field port : ports.items()) {
                if (port.at("port").number() == KUBELET_PORT) {
                    errors.invalid(
                            port, KUBELET_PORT, "may not expose port 10250 externally since it is used by kubelet");
                }
            }
        }
    }

    private static void one(Field port, boolean named, Set<String> names, Errors errors) {
        Field name = port.at("name");
        if (!name.empty()) {
            errors.invalid(name, Names.dnsLabel(name.text()));
            if (!names.add(name.text())) {
                errors.duplicate(name);
            }
        } else if (named) {
            errors.required(name, "");
        }
        Numbers.port(port.at("port"), errors);
        errors.requireOneOf(port.at("protocol"), PROTOCOLS);
        Numbers.portOrName(port.at("targetPort"), errors);
        if (port.at("appProtocol").present()) {
            errors.invalid(
                    port.at("appProtocol"),
                    Names.qualifiedName(port.at("appProtocol").text()));
        }
    }
}
