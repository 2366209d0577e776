package io.kubespring.controllers.endpoint;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.kubespring.controllers.pods.Pods;
import io.kubespring.controllers.servicepods.ServicePods;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds the subsets of an Endpoints object: Pods that offer the same ports share a subset; addresses and ports are sorted,
 * so that the same Pods always give the same object. At most {@value #MAX_ADDRESSES} addresses.
 */
final class Subsets {

    static final int MAX_ADDRESSES = 1000;

    private static final Comparator<EndpointAddress> BY_IP = Comparator.comparing(EndpointAddress::getIp);
    private static final Comparator<EndpointPort> BY_NAME = Comparator.comparing(
                    (EndpointPort port) -> Objects.requireNonNullElse(port.getName(), ""))
            .thenComparing(EndpointPort::getPort)
            .thenComparing(EndpointPort::getProtocol);

    private Subsets() {}

    static List<EndpointSubset> of(Service service, Collection<Pod> pods) {
        boolean ipv6 = ServicePods.families(service).getFirst().equals("IPv6");
        var byPorts = new TreeMap<String, EndpointSubset>();
        int count = 0;
        for (Pod pod : pods) {
            String ip = ServicePods.address(pod, ipv6);
            if (ip == null || Pods.isTerminating(pod) && !ServicePods.publishesNotReady(service)) {
                continue;
            }
            List<EndpointPort> ports = ports(service, pod);
            if (ports == null || count++ >= MAX_ADDRESSES) {
                continue;
            }
            EndpointSubset subset = byPorts.computeIfAbsent(ports.toString(), any -> subset(ports));
            boolean ready = ServicePods.publishesNotReady(service) || Pods.isReady(pod);
            (ready ? subset.getAddresses() : subset.getNotReadyAddresses()).add(address(service, pod, ip));
        }
        byPorts.values().forEach(subset -> {
            subset.getAddresses().sort(BY_IP);
            subset.getNotReadyAddresses().sort(BY_IP);
        });
        return List.copyOf(byPorts.values());
    }

    /** Null where the Service has ports but the Pod offers none of them. */
    private static @Nullable List<EndpointPort> ports(Service service, Pod pod) {
        var ports = new ArrayList<EndpointPort>();
        List<ServicePort> wanted = service.getSpec().getPorts();
        for (ServicePort port : wanted) {
            Integer number = ServicePods.targetPort(pod, port);
            if (number != null) {
                ports.add(new EndpointPort(
                        port.getAppProtocol(), port.getName(), number, ServicePods.protocol(port.getProtocol())));
            }
        }
        if (ports.isEmpty() && !(wanted.isEmpty() && ServicePods.isHeadless(service))) {
            return null;
        }
        ports.sort(BY_NAME);
        return ports;
    }

    private static EndpointSubset subset(List<EndpointPort> ports) {
        var subset = new EndpointSubset();
        subset.setAddresses(new ArrayList<>());
        subset.setNotReadyAddresses(new ArrayList<>());
        subset.setPorts(ports);
        return subset;
    }

    private static EndpointAddress address(Service service, Pod pod, String ip) {
        return new EndpointAddress(
                ServicePods.hostname(pod, service), ip, pod.getSpec().getNodeName(), ServicePods.reference(pod));
    }
}
