package io.kubespring.kubelet.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.kubespring.kubelet.config.FolderSettings;
import io.kubespring.kubelet.environment.ConfigException;
import io.kubespring.kubelet.environment.Expansion;
import io.kubespring.kubelet.network.HostsFile;
import io.kubespring.kubelet.network.PodNames;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.volume.SubPath;
import io.kubespring.kubelet.volume.VolumeException;
import io.kubespring.node.cri.v1.Mount;
import io.kubespring.node.cri.v1.MountPropagation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is mounted into a container: its volumes, the hosts file, the place for its termination message. */
final class ContainerMounts {

    static final String DEFAULT_TERMINATION_PATH = "/dev/termination-log";
    private static final String HOSTS = "/etc/hosts";

    private final FolderSettings folders;
    private final HostsFile hostsFile;
    private final String clusterDomain;

    ContainerMounts(FolderSettings folders, HostsFile hostsFile, String clusterDomain) {
        this.folders = folders;
        this.hostsFile = hostsFile;
        this.clusterDomain = clusterDomain;
    }

    /**
     * @param volumes what each volume is on the host
     * @param attempt makes the termination log's name unique
     */
    List<Mount> build(
            Pod pod,
            Container container,
            Map<String, Path> volumes,
            List<String> podIps,
            Map<String, String> environment,
            int attempt)
            throws IOException {
        var mounts = new ArrayList<Mount>();
        boolean ownHosts = false;
        if (container.getVolumeMounts() != null) {
            for (VolumeMount mount : container.getVolumeMounts()) {
                mounts.add(volume(mount, volumes, environment));
                ownHosts |= HOSTS.equals(mount.getMountPath());
            }
        }
        if (!ownHosts) {
            mounts.add(file(HOSTS, hosts(pod, podIps)));
        }
        String terminationPath = terminationPath(container);
        if (!terminationPath.isEmpty()) {
            mounts.add(file(terminationPath, terminationLog(pod, container, attempt)));
        }
        return mounts;
    }

    static String terminationPath(Container container) {
        String path = container.getTerminationMessagePath();
        return path == null ? DEFAULT_TERMINATION_PATH : path;
    }

    private static Mount volume(VolumeMount mount, Map<String, Path> volumes, Map<String, String> environment)
            throws IOException {
        Path host = volumes.get(mount.getName());
        if (host == null) {
            throw new ConfigException("cannot find volume \"" + mount.getName() + "\" to mount into container");
        }
        String subPath = mount.getSubPath();
        if (mount.getSubPathExpr() != null && !mount.getSubPathExpr().isEmpty()) {
            subPath = Expansion.expand(mount.getSubPathExpr(), environment);
        }
        if (subPath != null && !subPath.isEmpty()) {
            try {
                host = SubPath.resolve(host, subPath);
            } catch (VolumeException outside) {
                throw new ConfigException("failed to prepare subPath for volumeMount \"" + mount.getName() + "\": "
                        + outside.getMessage());
            }
        }
        String path = mount.getMountPath();
        return Mount.newBuilder()
                .setContainerPath(path.startsWith("/") ? path : "/" + path)
                .setHostPath(host.toString())
                .setReadonly(Boolean.TRUE.equals(mount.getReadOnly()))
                .setPropagation(propagation(mount.getMountPropagation()))
                .build();
    }

    private static MountPropagation propagation(@Nullable String mode) {
        return switch (mode == null ? "None" : mode) {
            case "HostToContainer" -> MountPropagation.PROPAGATION_HOST_TO_CONTAINER;
            case "Bidirectional" -> MountPropagation.PROPAGATION_BIDIRECTIONAL;
            default -> MountPropagation.PROPAGATION_PRIVATE;
        };
    }

    private Path hosts(Pod pod, List<String> podIps) throws IOException {
        Path file = folders.pod(Pods.uid(pod)).resolve("etc-hosts");
        Files.createDirectories(folders.pod(Pods.uid(pod)));
        Files.writeString(file, hostsFile.render(pod, podIps, PodNames.of(pod, clusterDomain)));
        return file;
    }

    private Path terminationLog(Pod pod, Container container, int attempt) throws IOException {
        Path folder = folders.container(Pods.uid(pod), container.getName());
        Files.createDirectories(folder);
        Path file = folder.resolve("termination-" + attempt);
        Files.deleteIfExists(file);
        Files.createFile(file);
        // Whatever user the container runs as, it may write here.
        Files.setAttribute(file, "unix:mode", 0666);
        return file;
    }

    private static Mount file(String containerPath, Path host) {
        return Mount.newBuilder()
                .setContainerPath(containerPath)
                .setHostPath(host.toString())
                .build();
    }
}
