package io.kubespring.kubelet.worker;

import io.kubespring.kubelet.config.FolderSettings;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.kubelet.volume.PodVolumes;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.PodSandboxStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Deletes containers, sandboxes, logs and folders of Pods that are gone. */
public final class PodCleaner {

    private final CriRuntime runtime;
    private final PodVolumes volumes;
    private final FolderSettings folders;

    PodCleaner(CriRuntime runtime, PodVolumes volumes, FolderSettings folders) {
        this.runtime = runtime;
        this.volumes = volumes;
        this.folders = folders;
    }

    public void purge(PodState state, String namespace, String name) throws IOException {
        for (ContainerInfo container : state.containers()) {
            runtime.removeContainer(container.id());
            deleteLink(namespace, name, container);
        }
        for (PodSandboxStatus sandbox : state.sandboxes()) {
            runtime.stopPodSandbox(sandbox.getId());
            runtime.removePodSandbox(sandbox.getId());
        }
        deleteTree(folders.podLogs(namespace, name, state.uid()));
        volumes.deleteFolder(state.uid());
    }

    private void deleteLink(String namespace, String name, ContainerInfo container) throws IOException {
        String link = name + "_" + namespace + "_" + container.name() + "-" + container.id() + ".log";
        Files.deleteIfExists(folders.containerLogsDir().resolve(link));
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var walk = Files.walk(folder)) {
            for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
