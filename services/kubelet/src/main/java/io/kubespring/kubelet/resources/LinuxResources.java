package io.kubespring.kubelet.resources;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.node.cgroup.CgroupLimits;
import io.kubespring.node.cri.v1.LinuxContainerResources;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests and limits in the kernel's units, for containers and for whole Pods. */
public final class LinuxResources {

    static final long MIN_SHARES = 2;
    static final long MAX_SHARES = 262_144;
    private static final long MIN_QUOTA_MICROS = 1000;
    private static final int GUARANTEED_SCORE = -997;
    private static final int BEST_EFFORT_SCORE = 1000;

    private final long machineMemoryBytes;
    private final boolean cpuQuota;
    private final long podPidsLimit;

    /** @param cpuQuota whether CPU limits are enforced ({@code cpuCFSQuota}) */
    public LinuxResources(long machineMemoryBytes, boolean cpuQuota, long podPidsLimit) {
        this.machineMemoryBytes = machineMemoryBytes;
        this.cpuQuota = cpuQuota;
        this.podPidsLimit = podPidsLimit;
    }

    public static long shares(long milliCpu) {
        if (milliCpu == 0) {
            return MIN_SHARES;
        }
        return Math.clamp(milliCpu * 1024 / 1000, MIN_SHARES, MAX_SHARES);
    }

    public static long quotaMicros(long milliCpu) {
        return Math.max(MIN_QUOTA_MICROS, milliCpu * CgroupLimits.CPU_PERIOD_MICROS / 1000);
    }

    public LinuxContainerResources container(Pod pod, Container container) {
        var resources = LinuxContainerResources.newBuilder();
        Long request = Amounts.cpuRequest(container);
        Long limit = Amounts.cpuLimit(container);
        // A limit without a request is its own request.
        long wanted = request != null ? request : Objects.requireNonNullElse(limit, 0L);
        resources.setCpuShares(shares(wanted));
        if (limit != null && limit > 0 && cpuQuota) {
            resources.setCpuPeriod(CgroupLimits.CPU_PERIOD_MICROS).setCpuQuota(quotaMicros(limit));
        }
        Long memory = Amounts.memoryLimit(container);
        if (memory != null && memory > 0) {
            resources.setMemoryLimitInBytes(memory).setMemorySwapLimitInBytes(memory);
        }
        return resources.setOomScoreAdj(oomScore(pod, container)).build();
    }

    /** As upstream: what asks for much memory is killed late, what asks for none first. */
    public int oomScore(Pod pod, Container container) {
        return switch (QosClass.of(pod)) {
            case GUARANTEED -> GUARANTEED_SCORE;
            case BEST_EFFORT -> BEST_EFFORT_SCORE;
            case BURSTABLE -> {
                long request = Objects.requireNonNullElse(Amounts.memoryRequest(container), 0L);
                long score = 1000 - 1000 * request / machineMemoryBytes;
                yield (int) Math.clamp(score, 1000 + GUARANTEED_SCORE, BEST_EFFORT_SCORE - 1);
            }
        };
    }

    /** Limits of the Pod's own group: a limit stands only where every container has one. */
    public CgroupLimits pod(Pod pod) {
        Long cpuLimit = sumOfAll(pod, Amounts::cpuLimit);
        Long memoryLimit = sumOfAll(pod, Amounts::memoryLimit);
        return new CgroupLimits(
                shares(PodRequests.milliCpu(pod)),
                cpuLimit != null && cpuQuota ? quotaMicros(cpuLimit) : -1,
                memoryLimit == null ? -1 : memoryLimit,
                podPidsLimit);
    }

    private static @Nullable Long sumOfAll(Pod pod, Function<Container, @Nullable Long> amount) {
        long sum = 0;
        long largestInit = 0;
        for (Container container : pod.getSpec().getContainers()) {
            Long each = amount.apply(container);
            if (each == null || each == 0) {
                return null;
            }
            sum += each;
        }
        for (Container container : Pods.initContainers(pod)) {
            Long each = amount.apply(container);
            if (each == null || each == 0) {
                return null;
            }
            if (Pods.isSidecar(container)) {
                sum += each;
            } else {
                largestInit = Math.max(largestInit, each);
            }
        }
        return Math.max(sum, largestInit);
    }
}
