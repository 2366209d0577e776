package io.kubespring.kubelet.node;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.DaemonEndpoint;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeDaemonEndpoints;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes this Node's status. */
final class NodeStatusBuilder {

    static final String VERSION = "v1.36.0";
    private static final int MOST_IMAGES = 50;

    private final Machine machine;
    private final NodeResources resources;
    private final NodeConditions conditions;
    private final CriRuntime runtime;
    private final String hostname;
    private final String address;
    private final int port;

    NodeStatusBuilder(
            Machine machine,
            NodeResources resources,
            NodeConditions conditions,
            CriRuntime runtime,
            String hostname,
            String address,
            int port) {
        this.machine = machine;
        this.resources = resources;
        this.conditions = conditions;
        this.runtime = runtime;
        this.hostname = hostname;
        this.address = address;
        this.port = port;
    }

    NodeStatus build(@Nullable NodeStatus before) {
        var status = new NodeStatus();
        status.setCapacity(resources.capacity());
        status.setAllocatable(resources.allocatable());
        status.setConditions(conditions.build(before));
        status.setAddresses(List.of(new NodeAddress(address, "InternalIP"), new NodeAddress(hostname, "Hostname")));
        var endpoint = new DaemonEndpoint();
        endpoint.setPort(port);
        var endpoints = new NodeDaemonEndpoints();
        endpoints.setKubeletEndpoint(endpoint);
        status.setDaemonEndpoints(endpoints);
        status.setNodeInfo(info(before));
        status.setImages(images());
        return status;
    }

    private NodeSystemInfo info(@Nullable NodeStatus before) {
        var info = new NodeSystemInfo();
        info.setMachineID(machine.machineId());
        info.setSystemUUID(machine.systemUuid());
        info.setBootID(machine.bootId());
        info.setKernelVersion(machine.kernelVersion());
        info.setOsImage(machine.osImage());
        info.setArchitecture(machine.architecture());
        info.setOperatingSystem("linux");
        info.setKubeletVersion(VERSION);
        info.setKubeProxyVersion("");
        try {
            var version = runtime.version();
            info.setContainerRuntimeVersion(version.getRuntimeName() + "://" + version.getRuntimeVersion());
        } catch (CriException down) {
            info.setContainerRuntimeVersion(
                    before != null && before.getNodeInfo() != null
                            ? before.getNodeInfo().getContainerRuntimeVersion()
                            : "containerd://Unknown");
        }
        return info;
    }

    private List<ContainerImage> images() {
        try {
            return runtime.listImages().stream()
                    .sorted(Comparator.comparingLong(Image::getSize).reversed())
                    .limit(MOST_IMAGES)
                    .map(NodeStatusBuilder::image)
                    .toList();
        } catch (CriException down) {
            return List.of();
        }
    }

    private static ContainerImage image(Image image) {
        var names = new ArrayList<>(image.getRepoDigestsList());
        names.addAll(image.getRepoTagsList());
        return new ContainerImage(names, image.getSize());
    }
}
