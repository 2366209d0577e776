package io.kubespring.kubelet.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.config.FolderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Links with flat names to container logs, which log collectors look for in {@code /var/log/containers}. */
final class LogLinks {

    private static final Logger LOG = LoggerFactory.getLogger(LogLinks.class);

    private final FolderSettings folders;

    LogLinks(FolderSettings folders) {
        this.folders = folders;
    }

    void create(Pod pod, Container container, String containerId, Path log) {
        String name = pod.getMetadata().getName() + "_" + pod.getMetadata().getNamespace() + "_" + container.getName()
                + "-" + containerId + ".log";
        try {
            Files.createDirectories(folders.containerLogsDir());
            Path link = folders.containerLogsDir().resolve(name);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, log);
        } catch (IOException failure) {
            LOG.warn(
                    "{}/{}: no link to the log of {}: {}",
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    container.getName(),
                    failure.toString());
        }
    }
}
