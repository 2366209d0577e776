package io.kubespring.kubelet.node;

import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.kubelet.config.KubeletConfig;
import io.kubespring.node.cri.CriRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts together what knows this machine. */
public record NodeParts(
        Machine machine, NodeResources resources, RuntimeHealth health, NodePressure pressure, String address) {

    public static NodeParts create(KubeletConfig config, CriRuntime runtime, TimeSource time) {
        Machine machine = Machine.read();
        var resources = new NodeResources(
                machine, config.node(), diskBytes(config.folders().rootDir()));
        String configured = config.node().nodeIp();
        return new NodeParts(
                machine,
                resources,
                new RuntimeHealth(runtime, time),
                new NodePressure(
                        resources,
                        config.node(),
                        Path.of("/proc"),
                        config.folders().rootDir()),
                configured.isEmpty() ? HostAddress.detect() : configured);
    }

    private static long diskBytes(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.getFileStore(folder).getTotalSpace();
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /** @param port at which the kubelet's own endpoint listens */
    public NodeReporter reporter(
            KubeletConfig config,
            KubeClient client,
            CriRuntime runtime,
            EventRecorder events,
            TimeSource time,
            int port) {
        var builder = new NodeStatusBuilder(
                machine,
                resources,
                new NodeConditions(pressure, health, time),
                runtime,
                config.node().hostnameOverride(),
                address,
                port);
        return new NodeReporter(client, config.node(), machine, builder, events, time);
    }
}
