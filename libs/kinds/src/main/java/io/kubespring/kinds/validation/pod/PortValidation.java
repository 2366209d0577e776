package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ports of containers; ports of the host, which no two containers of a Pod can share. */
final class PortValidation {

    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private PortValidation() {}

    static void container(Field ports, Errors errors) {
        Set<String> names = new HashSet<>();
        for (Field port : ports.items()) {
            Field name = port.at("name");
            if (!name.empty()) {
                List<String> messages = Names.portName(name.text());
                errors.invalid(name, messages);
                if (messages.isEmpty() && !names.add(name.text())) {
                    errors.duplicate(name);
                }
            }
            if (port.at("containerPort").empty()) {
                errors.required(port.at("containerPort"), "");
            } else {
                Numbers.port(port.at("containerPort"), errors);
            }
            if (!port.at("hostPort").empty()) {
                Numbers.port(port.at("hostPort"), errors);
            }
            errors.requireOneOf(port.at("protocol"), PROTOCOLS);
        }
    }

    /**
     * @param containers those that run at the same time
     * @param list where they stand, which the path counts from zero in
     */
    static void uniqueHostPorts(List<Field> containers, Field list, Errors errors) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            for (Field port : containers.get(i).at("ports").items()) {
                if (port.at("hostPort").empty()) {
                    continue;
                }
                String shown = port.at("protocol").text() + "/"
                        + port.at("hostIP").text() + "/" + port.at("hostPort").number();
                if (!taken.add(shown)) {
                    Field at = list.item(i).at("ports").item(Integer.parseInt(port.name()));
                    errors.duplicate(at.at("hostPort"), shown);
                }
            }
        }
    }

    /** In the host's network a container's port is the host's; a template may leave the latter out. */
    static void hostNetwork(Field spec, Owner owner, Errors errors) {
        if (!spec.at("hostNetwork").flag()) {
            return;
        }
        for (Field container : spec.at("containers").items()) {
            for (Field port : container.at("ports").items()) {
                long host = port.at("hostPort").number();
                if (host != port.at("containerPort").number() && (owner.pod() || host != 0)) {
                    errors.invalid(port.at("hostPort"), host, "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }
}
