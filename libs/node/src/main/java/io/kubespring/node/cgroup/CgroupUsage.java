package io.kubespring.node.cgroup;

/**
 * What a control group uses now.
 *
 * @param workingSetBytes memory without what the kernel could drop at once (inactive file cache)
 */
public record CgroupUsage(long cpuNanos, long memoryBytes, long workingSetBytes, long processes) {}
