package io.kubespring.controllers.endpointslice;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.kubespring.controllers.pods.Pods;
import io.kubespring.controllers.servicepods.ServicePods;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What should be published of a Service, by the ports that the Pods offer. */
final class DesiredEndpoints {

    private DesiredEndpoints() {}

    /** @param zoneOf a node's zone, or null */
    static Map<List<EndpointPort>, List<Endpoint>> of(
            Service service, Collection<Pod> pods, boolean ipv6, Function<String, @Nullable String> zoneOf) {
        var byPorts = new LinkedHashMap<List<EndpointPort>, List<Endpoint>>();
        for (Pod pod : pods) {
            String address = ServicePods.address(pod, ipv6);
            if (address != null) {
                byPorts.computeIfAbsent(ports(service, pod), any -> new ArrayList<>())
                        .add(endpoint(service, pod, address, zoneOf));
            }
        }
        return byPorts;
    }

    /** A named port that this Pod does not have is left out. */
    private static List<EndpointPort> ports(Service service, Pod pod) {
        var ports = new ArrayList<EndpointPort>();
        for (ServicePort port : service.getSpec().getPorts()) {
            Integer number = ServicePods.targetPort(pod, port);
            if (number != null) {
                String name = port.getName() == null ? "" : port.getName();
                ports.add(new EndpointPort(
                        port.getAppProtocol(), name, number, ServicePods.protocol(port.getProtocol())));
            }
        }
        return ports;
    }

    private static Endpoint endpoint(
            Service service, Pod pod, String address, Function<String, @Nullable String> zoneOf) {
        boolean serving = Pods.isReady(pod);
        boolean terminating = Pods.isTerminating(pod);
        var endpoint = new Endpoint();
        endpoint.setAddresses(List.of(address));
        endpoint.setConditions(new EndpointConditions(
                ServicePods.publishesNotReady(service) || serving && !terminating, serving, terminating));
        endpoint.setHostname(ServicePods.hostname(pod, service));
        endpoint.setTargetRef(ServicePods.reference(pod));
        String node = pod.getSpec().getNodeName();
        if (node != null && !node.isEmpty()) {
            endpoint.setNodeName(node);
            endpoint.setZone(zoneOf.apply(node));
        }
        return endpoint;
    }
}
