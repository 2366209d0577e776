package io.kubespring.kinds.validation.service;

import io.kubespring.api.json.Json;
import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The ports of a Service: named where there are several, and no two the same. */
final class ServicePortRules {

    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private ServicePortRules() {}

    /** Each port for itself. */
    static void each(Field spec, Errors errors) {
        List<Field> ports = spec.at("ports").items();
        Set<String> names = new HashSet<>();
        ports.forEach(each -> one(each, ports.size() > 1, names, errors));
    }

    /** What they must not have in common. */
    static void together(Field spec, Errors errors) {
        List<Field> ports = spec.at("ports").items();
        if (spec.at("type").isText("ClusterIP")) {
            for (Field port : ports) {
                if (!port.at("nodePort").empty()) {
                    errors.forbidden(port.at("nodePort"), "may not be used when `type` is 'ClusterIP'");
                }
            }
        }
        Set<String> nodePorts = new HashSet<>();
        for (Field port : ports) {
            Field nodePort = port.at("nodePort");
            if (!nodePort.empty() && !nodePorts.add(port.at("protocol").text() + nodePort.number())) {
                errors.duplicate(nodePort);
            }
        }
        Set<String> numbers = new HashSet<>();
        for (Field port : ports) {
            if (!numbers.add(port.at("protocol").text() + port.at("port").number())) {
                errors.duplicate(port, shown(port));
            }
        }
    }

    /** As Go shows a struct that knows no JSON names, with only what was compared in it. */
    private static ObjectNode shown(Field port) {
        ObjectNode shown = Json.object()
                .put("Name", "")
                .put("Protocol", port.at("protocol").text());
        return shown.putNull("AppProtocol")
                .put("Port", port.at("port").number())
                .put("TargetPort", 0)
                .put("NodePort", 0);
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
        appProtocol(port, errors);
    }

    /** Of the ports of endpoints, too. */
    static void appProtocol(Field port, Errors errors) {
        Field protocol = port.at("appProtocol");
        if (protocol.present()) {
            errors.invalid(protocol, Names.qualifiedName(protocol.text()));
        }
    }
}
