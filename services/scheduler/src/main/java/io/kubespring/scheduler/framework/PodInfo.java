package io.kubespring.scheduler.framework;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kinds.resources.PodResources;
import io.kubespring.kinds.resources.ResourceAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Pod with what scheduling asks of it, computed once.
 *
 * @param requests of the whole Pod
 * @param scoringCpu milli-cores for scoring: containers without a request count as a little
 * @param scoringMemory bytes, likewise
 * @param affinities what it asks of its neighbours
 * @param spread how its kind is to be spread
 */
public record PodInfo(
        Pod pod,
        ResourceAmounts requests,
        long scoringCpu,
        long scoringMemory,
        List<HostPort> hostPorts,
        int priority,
        Map<String, String> labels,
        PodAffinities affinities,
        List<SpreadConstraint> spread) {

    /** What a container without requests is taken to need, as upstream, so that such Pods spread too. */
    private static final long DEFAULT_CPU = 100;

    private static final long DEFAULT_MEMORY = 200L * 1024 * 1024;

    public static PodInfo of(Pod pod) {
        var spec = pod.getSpec();
        ResourceAmounts requests = PodResources.requests(spec);
        long cpu = requests.get("cpu");
        long memory = requests.get("memory");
        List<HostPort> ports = List.of();
        for (Container container : spec.getContainers()) {
            Map<String, ?> asked = container.getResources() == null
                    ? null
                    : container.getResources().getRequests();
            if (asked == null || !asked.containsKey("cpu")) {
                cpu += DEFAULT_CPU;
            }
            if (asked == null || !asked.containsKey("memory")) {
                memory += DEFAULT_MEMORY;
            }
            for (ContainerPort port : container.getPorts()) {
                if (port.getHostPort() != null && port.getHostPort() > 0) {
                    ports = ports.isEmpty() ? new ArrayList<>() : ports;
                    ports.add(hostPort(port));
                }
            }
        }
        Integer priority = spec.getPriority();
        Map<String, String> labels = pod.getMetadata().getLabels() == null
                ? Map.of()
                : pod.getMetadata().getLabels();
        return new PodInfo(
                pod,
                requests,
                cpu,
                memory,
                ports,
                priority == null ? 0 : priority,
                labels,
                PodAffinities.of(spec.getAffinity(), pod.getMetadata().getNamespace(), labels),
                SpreadConstraint.all(spec.getTopologySpreadConstraints(), labels));
    }

    private static HostPort hostPort(ContainerPort port) {
        String ip = port.getHostIP();
        String protocol = port.getProtocol();
        return new HostPort(
                ip == null || ip.isEmpty() ? "0.0.0.0" : ip, protocol == null ? "TCP" : protocol, port.getHostPort());
    }

    /** Whether a node's sums stay the same when one stands for the other. */
    boolean asksForTheSameAs(PodInfo other) {
        return scoringCpu == other.scoringCpu
                && scoringMemory == other.scoringMemory
                && requests.equals(other.requests)
                && affinities.isEmpty() == other.affinities.isEmpty()
                && affinities.requiredAnti().isEmpty()
                        == other.affinities.requiredAnti().isEmpty();
    }

    public String namespace() {
        return pod.getMetadata().getNamespace();
    }

    public String key() {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    public String uid() {
        return pod.getMetadata().getUid();
    }
}
