package io.kubespring.node.cgroup;

import org.jspecify.annotations.Nullable;

/**
 * What a control group is given; null leaves a value as it is.
 *
 * @param cpuShares relative weight, 2…262144 (version 1's unit)
 * @param cpuQuotaMicros CPU time in each 100 ms, or -1 for no limit
 * @param memoryBytes upper limit, or -1 for none
 * @param processes upper limit, or -1 for none
 */
public record CgroupLimits(
        @Nullable Long cpuShares,
        @Nullable Long cpuQuotaMicros,
        @Nullable Long memoryBytes,
        @Nullable Long processes) {

    public static final long CPU_PERIOD_MICROS = 100_000;
    public static final CgroupLimits NONE = new CgroupLimits(null, null, null, null);
}
