package io.kubespring.kubelet.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.kubespring.kubelet.config.FolderSettings;
import io.kubespring.kubelet.network.PodDns;
import io.kubespring.kubelet.network.PodNames;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.resources.PodCgroups;
import io.kubespring.kubelet.state.Labels;
import io.kubespring.node.cri.v1.LinuxPodSandboxConfig;
import io.kubespring.node.cri.v1.LinuxSandboxSecurityContext;
import io.kubespring.node.cri.v1.PodSandboxConfig;
import io.kubespring.node.cri.v1.PodSandboxMetadata;
import io.kubespring.node.cri.v1.PortMapping;
import io.kubespring.node.cri.v1.Protocol;
import java.io.IOException;
import java.util.List;

/** A Pod's sandbox as the runtime wants it described. */
public final class SandboxConfigs {

    private final FolderSettings folders;
    private final PodCgroups cgroups;
    private final PodDns dns;
    private final String clusterDomain;

    public SandboxConfigs(FolderSettings folders, PodCgroups cgroups, PodDns dns, String clusterDomain) {
        this.folders = folders;
        this.cgroups = cgroups;
        this.dns = dns;
        this.clusterDomain = clusterDomain;
    }

    public PodSandboxConfig build(Pod pod, int attempt) throws IOException {
        var metadata = pod.getMetadata();
        var config = PodSandboxConfig.newBuilder()
                .setMetadata(PodSandboxMetadata.newBuilder()
                        .setName(metadata.getName())
                        .setNamespace(metadata.getNamespace())
                        .setUid(metadata.getUid())
                        .setAttempt(attempt))
                .setLogDirectory(folders.podLogs(metadata.getNamespace(), metadata.getName(), metadata.getUid())
                        .toString())
                .setDnsConfig(dns.forPod(pod))
                .putAllLabels(Pods.labels(pod))
                .putLabels(Labels.POD_NAME, metadata.getName())
                .putLabels(Labels.POD_NAMESPACE, metadata.getNamespace())
                .putLabels(Labels.POD_UID, metadata.getUid())
                .putAllAnnotations(Pods.annotations(pod))
                .setLinux(linux(pod));
        if (!Pods.isHostNetwork(pod)) {
            // With the host's network the runtime insists on the host's name: an empty one.
            config.setHostname(
                    PodNames.of(pod, clusterDomain).forSandbox(pod.getSpec().getSetHostnameAsFQDN()));
            pod.getSpec().getContainers().forEach(container -> ports(container, config));
            Pods.initContainers(pod).stream().filter(Pods::isSidecar).forEach(container -> ports(container, config));
        }
        return config.build();
    }

    private static void ports(Container container, PodSandboxConfig.Builder config) {
        if (container.getPorts() == null) {
            return;
        }
        for (ContainerPort port : container.getPorts()) {
            config.addPortMappings(PortMapping.newBuilder()
                    .setProtocol(protocol(port.getProtocol()))
                    .setContainerPort(port.getContainerPort())
                    .setHostPort(port.getHostPort() == null ? 0 : port.getHostPort())
                    .setHostIp(port.getHostIP() == null ? "" : port.getHostIP()));
        }
    }

    private static Protocol protocol(@org.jspecify.annotations.Nullable String name) {
        return switch (name == null ? "TCP" : name) {
            case "UDP" -> Protocol.UDP;
            case "SCTP" -> Protocol.SCTP;
            default -> Protocol.TCP;
        };
    }

    private LinuxPodSandboxConfig linux(Pod pod) {
        var linux = LinuxPodSandboxConfig.newBuilder().setCgroupParent(cgroups.path(pod));
        var security = LinuxSandboxSecurityContext.newBuilder()
                .setNamespaceOptions(SecurityContexts.namespaces(pod))
                .setSeccomp(SecurityContexts.runtimeDefault())
                .setPrivileged(SecurityContexts.anyPrivileged(pod));
        PodSecurityContext ofPod = pod.getSpec().getSecurityContext();
        if (ofPod != null) {
            if (ofPod.getRunAsUser() != null) {
                security.setRunAsUser(SecurityContexts.number(ofPod.getRunAsUser()));
                if (ofPod.getRunAsGroup() != null) {
                    security.setRunAsGroup(SecurityContexts.number(ofPod.getRunAsGroup()));
                }
            }
            if (ofPod.getFsGroup() != null) {
                security.addSupplementalGroups(ofPod.getFsGroup());
            }
            List<Long> groups = ofPod.getSupplementalGroups();
            if (groups != null) {
                security.addAllSupplementalGroups(groups);
            }
            if (ofPod.getSysctls() != null) {
                for (Sysctl sysctl : ofPod.getSysctls()) {
                    linux.putSysctls(sysctl.getName(), sysctl.getValue());
                }
            }
        }
        return linux.setSecurityContext(security).build();
    }
}
