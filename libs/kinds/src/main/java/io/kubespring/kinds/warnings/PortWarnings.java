package io.kubespring.kinds.warnings;

import io.kubespring.kinds.pod.PodContainers;
import io.kubespring.kinds.tree.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ports that two containers of a Pod have, or that say half of what they mean. */
final class PortWarnings {

    private PortWarnings() {}

    static void add(Field spec, List<String> warnings) {
        Map<String, List<Field>> seen = new HashMap<>();
        for (Field container : PodContainers.all(spec)) {
            for (Field port : container.at("ports").items()) {
                if (!port.at("hostIP").empty() && port.at("hostPort").number() == 0) {
                    warnings.add(port.path() + ": hostIP set without hostPort: " + shown(port));
                }
                String key = port.at("containerPort").number() + "/"
                        + port.at("protocol").text();
                List<Field> others = seen.computeIfAbsent(key, each -> new ArrayList<>());
                others.forEach(other -> compare(port, other, warnings));
                others.add(port);
            }
        }
    }

    private static void compare(Field port, Field other, List<String> warnings) {
        long host = port.at("hostPort").number();
        long otherHost = other.at("hostPort").number();
        boolean sameAddress = port.at("hostIP").text().equals(other.at("hostIP").text());
        if (sameAddress && host == otherHost) {
            warnings.add(port.path() + ": duplicate port definition with " + other.path());
        } else if (host == 0 || otherHost == 0) {
            warnings.add(port.path() + ": overlapping port definition with " + other.path());
        } else if (host == otherHost
                && port.at("hostIP").empty() != other.at("hostIP").empty()) {
            warnings.add(port.path() + ": dangerously ambiguous port definition with " + other.path());
        }
    }

    /** As Go shows the struct. */
    private static String shown(Field port) {
        return "{Name:" + port.at("name").text() + " HostPort:"
                + port.at("hostPort").number() + " ContainerPort:"
                + port.at("containerPort").number() + " Protocol:"
                + port.at("protocol").text() + " HostIP:" + port.at("hostIP").text() + "}";
    }
}
