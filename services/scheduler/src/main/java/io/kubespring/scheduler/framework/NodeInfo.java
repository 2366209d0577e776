package io.kubespring.scheduler.framework;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.kubespring.kinds.resources.ResourceAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node with the Pods on it, those assumed to be bound soon included, and the sums that plugins ask for. Immutable: a
 * change makes a new one, so a snapshot is an array of references.
 */
public final class NodeInfo {

    private final Node node;
    private final List<Taint> taints;
    private final ResourceAmounts allocatable;
    private final List<PodInfo> pods;
    private final ResourceAmounts requested;
    private final long scoringCpu;
    private final long scoringMemory;
    private final List<PodInfo> withAffinity;
    private final List<PodInfo> requiringAntiAffinity;

    private NodeInfo(
            Node node,
            ResourceAmounts allocatable,
            List<PodInfo> pods,
            ResourceAmounts requested,
            long scoringCpu,
            long scoringMemory,
            List<PodInfo> withAffinity,
            List<PodInfo> requiringAntiAffinity) {
        this.node = node;
        this.allocatable = allocatable;
        this.pods = pods;
        this.requested = requested;
        this.scoringCpu = scoringCpu;
        this.scoringMemory = scoringMemory;
        this.withAffinity = withAffinity;
        this.requiringAntiAffinity = requiringAntiAffinity;
        this.taints = node.getSpec() == null ? List.of() : node.getSpec().getTaints();
    }

    public static NodeInfo of(Node node) {
        return new NodeInfo(node, allocatable(node), List.of(), ResourceAmounts.NONE, 0, 0, List.of(), List.of());
    }

    private static ResourceAmounts allocatable(Node node) {
        return node.getStatus() == null
                ? ResourceAmounts.NONE
                : ResourceAmounts.of(node.getStatus().getAllocatable());
    }

    public NodeInfo withNode(Node changed) {
        return new NodeInfo(
                changed,
                allocatable(changed),
                pods,
                requested,
                scoringCpu,
                scoringMemory,
                withAffinity,
                requiringAntiAffinity);
    }

    public NodeInfo plus(PodInfo pod) {
        return new NodeInfo(
                node,
                allocatable,
                and(pods, pod),
                requested.plus(pod.requests()),
                scoringCpu + pod.scoringCpu(),
                scoringMemory + pod.scoringMemory(),
                pod.affinities().isEmpty() ? withAffinity : and(withAffinity, pod),
                pod.affinities().requiredAnti().isEmpty() ? requiringAntiAffinity : and(requiringAntiAffinity, pod));
    }

    private static List<PodInfo> and(List<PodInfo> pods, PodInfo pod) {
        List<PodInfo> more = new ArrayList<>(pods.size() + 1);
        more.addAll(pods);
        more.add(pod);
        return more;
    }

    /** With a newer version of a Pod that is here, which is cheap where it still asks for the same. */
    public NodeInfo with(PodInfo pod) {
        PodInfo former = null;
        for (PodInfo each : pods) {
            former = each.uid().equals(pod.uid()) ? each : former;
        }
        if (former == null) {
            return plus(pod);
        }
        if (!former.asksForTheSameAs(pod)) {
            return minus(pod).plus(pod);
        }
        return new NodeInfo(
                node,
                allocatable,
                instead(pods, pod),
                requested,
                scoringCpu,
                scoringMemory,
                instead(withAffinity, pod),
                instead(requiringAntiAffinity, pod));
    }

    private static List<PodInfo> instead(List<PodInfo> pods, PodInfo pod) {
        if (pods.isEmpty()) {
            return pods;
        }
        List<PodInfo> result = new ArrayList<>(pods);
        result.replaceAll(each -> each.uid().equals(pod.uid()) ? pod : each);
        return result;
    }

    public NodeInfo minus(PodInfo pod) {
        List<PodInfo> rest = new ArrayList<>(pods);
        if (!rest.removeIf(each -> each.uid().equals(pod.uid()))) {
            return this;
        }
        // Summed anew: amounts saturate, so they cannot be subtracted.
        NodeInfo result = of(node);
        for (PodInfo each : rest) {
            result = result.plus(each);
        }
        return result;
    }

    public String name() {
        return node.getMetadata().getName();
    }

    public Node node() {
        return node;
    }

    public List<Taint> taints() {
        return taints;
    }

    public boolean unschedulable() {
        return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    /** The value of a label, or null. */
    public @Nullable String label(String key) {
        var labels = node.getMetadata().getLabels();
        return labels == null ? null : labels.get(key);
    }

    public ResourceAmounts allocatable() {
        return allocatable;
    }

    public List<PodInfo> pods() {
        return pods;
    }

    /** Those of the Pods that ask anything of their neighbours. */
    public List<PodInfo> withAffinity() {
        return withAffinity;
    }

    /** Those of the Pods that keep others away. */
    public List<PodInfo> requiringAntiAffinity() {
        return requiringAntiAffinity;
    }

    public ResourceAmounts requested() {
        return requested;
    }

    /** Milli-cores asked for by all Pods, those without requests counted with a little. */
    public long scoringCpu() {
        return scoringCpu;
    }

    /** Bytes, likewise. */
    public long scoringMemory() {
        return scoringMemory;
    }

    @Override
    public String toString() {
        return Objects.toString(name());
    }
}
