package io.kubespring.kubelet.config;

import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Who this node is and how it reports itself.
 *
 * @param hostnameOverride the Node's name
 * @param nodeIp its address; empty picks the one of the default route
 * @param registerNode whether the kubelet makes its own Node object
 * @param nodeStatusUpdateFrequency how often the status is computed
 * @param nodeStatusReportFrequency how often it is sent when nothing changed
 * @param systemReserved what is kept for the system, by resource name
 * @param evictionHard thresholds such as {@code memory.available → 100Mi}
 */
public record NodeSettings(
        String hostnameOverride,
        String nodeIp,
        boolean registerNode,
        Map<String, String> nodeLabels,
        List<Taint> registerWithTaints,
        int maxPods,
        Duration nodeStatusUpdateFrequency,
        Duration nodeStatusReportFrequency,
        int nodeLeaseDurationSeconds,
        Map<String, String> systemReserved,
        Map<String, String> kubeReserved,
        Map<String, String> evictionHard,
        String providerId) {

    public static NodeSettings defaults(String name) {
        return new NodeSettings(
                name,
                "",
                true,
                Map.of(),
                List.of(),
                110,
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                40,
                Map.of(),
                Map.of(),
                Map.of("memory.available", "100Mi", "nodefs.available", "10%", "imagefs.available", "15%"),
                "");
    }

    public NodeSettings nodeIp(String address) {
        return new NodeSettings(
                hostnameOverride,
                address,
                registerNode,
                nodeLabels,
                registerWithTaints,
                maxPods,
                nodeStatusUpdateFrequency,
                nodeStatusReportFrequency,
                nodeLeaseDurationSeconds,
                systemReserved,
                kubeReserved,
                evictionHard,
                providerId);
    }

    public NodeSettings maxPods(int limit) {
        return new NodeSettings(
                hostnameOverride,
                nodeIp,
                registerNode,
                nodeLabels,
                registerWithTaints,
                limit,
                nodeStatusUpdateFrequency,
                nodeStatusReportFrequency,
                nodeLeaseDurationSeconds,
                systemReserved,
                kubeReserved,
                evictionHard,
                providerId);
    }
}
