package io.kubespring.controllers.servicepods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.kubespring.client.event.References;
import io.kubespring.controllers.ownership.Selectors;
import io.kubespring.controllers.pods.Pods;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pure rules about a Service and its Pods. */
public final class ServicePods {

    public static final String HEADLESS_LABEL = "service.kubernetes.io/headless";

    private ServicePods() {}

    /** A Service without selector is none of our business: someone else publishes its endpoints. */
    public static boolean hasSelector(Service service) {
        return service.getSpec() != null
                && service.getSpec().getSelector() != null
                && !service.getSpec().getSelector().isEmpty();
    }

    /** Those that have an address and are not finished, terminating ones included. */
    public static List<Pod> select(Service service, Collection<Pod> pods) {
        Map<String, String> selector = service.getSpec().getSelector();
        return pods.stream()
                .filter(pod -> Selectors.matches(selector, Selectors.labels(pod)))
                .filter(pod -> !Pods.isFinished(pod) && hasAddress(pod))
                .toList();
    }

    private static boolean hasAddress(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getPodIP() != null
                && !pod.getStatus().getPodIP().isEmpty();
    }

    /** The Pod's address of one family, or null. */
    public static @Nullable String address(Pod pod, boolean ipv6) {
        List<PodIP> addresses = pod.getStatus().getPodIPs();
        if (addresses != null && !addresses.isEmpty()) {
            return addresses.stream()
                    .map(PodIP::getIp)
                    .filter(ip -> ip.contains(":") == ipv6)
                    .findFirst()
                    .orElse(null);
        }
        String only = pod.getStatus().getPodIP();
        return only.contains(":") == ipv6 ? only : null;
    }

    public static boolean publishesNotReady(Service service) {
        return Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
    }

    public static boolean isHeadless(Service service) {
        return "None".equals(service.getSpec().getClusterIP());
    }

    /** "IPv4", "IPv6"; IPv4 where the Service says nothing. */
    public static List<String> families(Service service) {
        List<String> families = service.getSpec().getIpFamilies();
        return families == null || families.isEmpty() ? List.of("IPv4") : families;
    }

    /** The name under which DNS knows the Pod within a Service that its subdomain names, or null. */
    public static @Nullable String hostname(Pod pod, Service service) {
        String hostname = pod.getSpec().getHostname();
        return hostname != null
                        && !hostname.isEmpty()
                        && Objects.equals(
                                pod.getSpec().getSubdomain(),
                                service.getMetadata().getName())
                        && Objects.equals(
                                pod.getMetadata().getNamespace(),
                                service.getMetadata().getNamespace())
                ? hostname
                : null;
    }

    public static ObjectReference reference(Pod pod) {
        ObjectReference reference = References.to(pod);
        reference.setApiVersion(null);
        reference.setResourceVersion(null);
        return reference;
    }

    /** The number that a port of the Service has in the Pod; null where the Pod has no port of that name. */
    public static @Nullable Integer targetPort(Pod pod, ServicePort port) {
        if (port.getTargetPort() == null) {
            return port.getPort();
        }
        Integer number = port.getTargetPort().getIntVal();
        if (number != null) {
            return number == 0 ? port.getPort() : number;
        }
        String name = port.getTargetPort().getStrVal();
        for (Container container : servingContainers(pod)) {
            for (ContainerPort each : container.getPorts()) {
                if (name.equals(each.getName()) && protocol(each.getProtocol()).equals(protocol(port.getProtocol()))) {
                    return each.getContainerPort();
                }
            }
        }
        return null;
    }

    /** Containers and the init containers that keep running beside them. */
    private static List<Container> servingContainers(Pod pod) {
        var containers = new ArrayList<>(pod.getSpec().getContainers());
        pod.getSpec().getInitContainers().stream()
                .filter(container -> "Always".equals(container.getRestartPolicy()))
                .forEach(containers::add);
        return containers;
    }

    public static String protocol(@Nullable String protocol) {
        return protocol == null ? "TCP" : protocol;
    }

    /** Whether a change of a Pod may change what is published of it. */
    public static boolean endpointChanged(Pod before, Pod after) {
        return Pods.isReady(before) != Pods.isReady(after)
                || Pods.isFinished(before) != Pods.isFinished(after)
                || Pods.isTerminating(before) != Pods.isTerminating(after)
                || !Objects.equals(Selectors.labels(before), Selectors.labels(after))
                || !Objects.equals(addresses(before), addresses(after))
                || !Objects.equals(
                        before.getSpec().getNodeName(), after.getSpec().getNodeName())
                || !Objects.equals(
                        before.getSpec().getHostname(), after.getSpec().getHostname())
                || !Objects.equals(
                        before.getSpec().getSubdomain(), after.getSpec().getSubdomain());
    }

    private static @Nullable Object addresses(Pod pod) {
        return pod.getStatus() == null
                ? null
                : List.of(
                        String.valueOf(pod.getStatus().getPodIP()),
                        String.valueOf(pod.getStatus().getPodIPs()));
    }
}
