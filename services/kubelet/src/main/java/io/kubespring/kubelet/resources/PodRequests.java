package io.kubespring.kubelet.resources;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.pod.Pods;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a Pod asks for as a whole: the sum of what runs at once, or the largest init container with the sidecars before it
 * where that is more (KEP-753).
 */
public final class PodRequests {

    private PodRequests() {}

    public static long milliCpu(Pod pod) {
        return effective(pod, Amounts::cpuRequest) + overhead(pod, "cpu", true);
    }

    public static long memoryBytes(Pod pod) {
        return effective(pod, Amounts::memoryRequest) + overhead(pod, "memory", false);
    }

    private static long effective(Pod pod, Function<Container, @Nullable Long> amount) {
        long running = 0;
        for (Container container : pod.getSpec().getContainers()) {
            running += Objects.requireNonNullElse(amount.apply(container), 0L);
        }
        long sidecars = 0;
        long largestInit = 0;
        for (Container container : Pods.initContainers(pod)) {
            long each = Objects.requireNonNullElse(amount.apply(container), 0L);
            if (Pods.isSidecar(container)) {
                sidecars += each;
                largestInit = Math.max(largestInit, sidecars);
            } else {
                largestInit = Math.max(largestInit, sidecars + each);
            }
        }
        return Math.max(running + sidecars, largestInit);
    }

    private static long overhead(Pod pod, String resource, boolean milli) {
        var overhead = pod.getSpec().getOverhead();
        var quantity = overhead == null ? null : overhead.get(resource);
        if (quantity == null) {
            return 0;
        }
        return milli ? Amounts.milli(quantity) : Amounts.value(quantity);
    }
}
