package io.kubespring.kubelet.config;

import java.time.Duration;

/**
 * How containers are run.
 *
 * @param cgroupRoot the group under which {@code kubepods} is made
 * @param syncFrequency how often a running Pod is looked at again though nothing happened
 * @param podPidsLimit processes a Pod may have, -1 for no limit
 * @param containerLogMaxSizeBytes at which a log is rotated
 * @param seccompDefault whether containers that say nothing get RuntimeDefault
 */
public record ContainerSettings(
        String cgroupRoot,
        boolean cgroupsPerQos,
        Duration syncFrequency,
        Duration streamingConnectionIdleTimeout,
        Duration runtimeRequestTimeout,
        long podPidsLimit,
        boolean cpuCfsQuota,
        long containerLogMaxSizeBytes,
        int containerLogMaxFiles,
        boolean seccompDefault) {

    public static ContainerSettings defaults() {
        return new ContainerSettings(
                "/",
                true,
                Duration.ofMinutes(1),
                Duration.ofHours(4),
                Duration.ofMinutes(2),
                -1,
                true,
                10L * 1024 * 1024,
                5,
                false);
    }

    public ContainerSettings cgroupRoot(String path) {
        return new ContainerSettings(
                path,
                cgroupsPerQos,
                syncFrequency,
                streamingConnectionIdleTimeout,
                runtimeRequestTimeout,
                podPidsLimit,
                cpuCfsQuota,
                containerLogMaxSizeBytes,
                containerLogMaxFiles,
                seccompDefault);
    }

    public ContainerSettings logRotation(long maxBytes, int maxFiles) {
        return new ContainerSettings(
                cgroupRoot,
                cgroupsPerQos,
                syncFrequency,
                streamingConnectionIdleTimeout,
                runtimeRequestTimeout,
                podPidsLimit,
                cpuCfsQuota,
                maxBytes,
                maxFiles,
                seccompDefault);
    }
}
