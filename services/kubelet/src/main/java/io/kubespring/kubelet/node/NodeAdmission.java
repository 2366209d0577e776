package io.kubespring.kubelet.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.resources.PodRequests;
import io.kubespring.kubelet.worker.NodeView.Rejection;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The node's own last look at what the scheduler sent: whether it still fits. */
public final class NodeAdmission {

    private final NodeResources resources;

    public NodeAdmission(NodeResources resources) {
        this.resources = resources;
    }

    /** @param others Pods that take up room here */
    public @Nullable Rejection check(Pod pod, List<Pod> others) {
        List<Pod> counted = others.stream()
                .filter(other -> !Pods.uid(other).equals(Pods.uid(pod)))
                .toList();
        if (counted.size() + 1 > resources.pods()) {
            return rejection("pods", 1, counted.size(), resources.pods());
        }
        Rejection cpu = fits("cpu", pod, counted, PodRequests::milliCpu, resources.allocatableMilliCpu());
        return cpu != null
                ? cpu
                : fits("memory", pod, counted, PodRequests::memoryBytes, resources.allocatableMemory());
    }

    private static @Nullable Rejection fits(
            String resource, Pod pod, List<Pod> others, ToLongFunction<Pod> amount, long capacity) {
        long requested = amount.applyAsLong(pod);
        long used = others.stream().mapToLong(amount).sum();
        return requested == 0 || used + requested <= capacity ? null : rejection(resource, requested, used, capacity);
    }

    private static Rejection rejection(String resource, long requested, long used, long capacity) {
        return new Rejection(
                "OutOf" + resource,
                "Pod was rejected: Node didn't have enough resource: " + resource + ", requested: " + requested
                        + ", used: " + used + ", capacity: " + capacity);
    }
}
