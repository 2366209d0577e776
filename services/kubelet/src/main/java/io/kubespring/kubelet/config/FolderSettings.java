package io.kubespring.kubelet.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where things are on disk.
 *
 * @param rootDir volumes and other state of Pods
 * @param podLogsDir logs, one folder a Pod
 * @param containerLogsDir links to logs under flat names that log collectors know
 * @param staticPodPath folder of static Pod manifests, or none
 */
public record FolderSettings(
        Path rootDir,
        Path podLogsDir,
        Path containerLogsDir,
        @Nullable Path staticPodPath) {

    public static FolderSettings defaults() {
        return new FolderSettings(
                Path.of("/var/lib/kubelet"), Path.of("/var/log/pods"), Path.of("/var/log/containers"), null);
    }

    public Path pods() {
        return rootDir.resolve("pods");
    }

    public Path pod(String uid) {
        return pods().resolve(uid);
    }

    /** The folder of one container's own files (its termination log). */
    public Path container(String uid, String container) {
        return pod(uid).resolve("containers").resolve(container);
    }

    public Path podLogs(String namespace, String name, String uid) {
        return podLogsDir.resolve(namespace + "_" + name + "_" + uid);
    }
}
