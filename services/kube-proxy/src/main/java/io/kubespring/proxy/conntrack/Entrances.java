package io.kubespring.proxy.conntrack;

import io.kubespring.proxy.model.Backend;
import io.kubespring.proxy.model.ServicePort;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The addresses of UDP services: each with the backends that a flow to it may have. From inside the cluster that is any, whatever
 * the policy for those who come from outside.
 */
final class Entrances {

    /** Stands for every address of the node. */
    private static final String NODE = "";

    private final Map<String, Set<String>> backends = new HashMap<>();

    /** Adds what leads to these ports; others than UDP are left out. */
    void add(List<ServicePort> ports) {
        for (ServicePort port : ports) {
            if (!port.protocol().equals("udp")) {
                continue;
            }
            Set<String> inside = addresses(port.internalLocal() ? port.here() : port.everywhere());
            Set<String> outside = addresses(port.everywhere());
            outside.addAll(addresses(port.here()));
            backends.put(key(port.clusterIp(), port.port()), inside);
            port.externalIps().forEach(each -> backends.put(key(each, port.port()), outside));
            port.balancerIps().forEach(each -> backends.put(key(each, port.port()), outside));
            if (port.nodePort() > 0) {
                backends.put(key(NODE, port.nodePort()), outside);
            }
        }
    }

    /** Adds addresses that there were before, behind which nobody is now unless they are there still. */
    void addFormer(Entrances former) {
        former.backends.keySet().forEach(each -> backends.putIfAbsent(each, Set.of()));
    }

    private static Set<String> addresses(List<Backend> backends) {
        Set<String> result = new HashSet<>();
        backends.forEach(each -> result.add(each.address()));
        return result;
    }

    private static String key(String ip, int port) {
        return ip + ":" + port;
    }

    boolean isEmpty() {
        return backends.isEmpty();
    }

    /** Those that lead to a backend that is gone, or to nobody though there are backends; sorted. */
    Set<Flow> stale(List<Flow> flows) {
        Set<Flow> stale = new TreeSet<>(Comparator.comparing(Flow::toString));
        for (Flow each : flows) {
            Set<String> right = backends.get(key(each.to(), each.toPort()));
            if (right == null) {
                right = backends.get(key(NODE, each.toPort()));
            }
            if (right != null
                    && !right.contains(key(each.from(), each.fromPort()))
                    && (each.isTranslated() || !right.isEmpty())) {
                stale.add(each);
            }
        }
        return stale;
    }
}
