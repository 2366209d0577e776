package io.kubespring.kubelet.status;

import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.failure.StartErrors;
import io.kubespring.kubelet.pod.EphemeralContainers;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.probe.ProbeVerdicts;
import io.kubespring.kubelet.resources.QosClass;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.kubelet.status.ContainerStatuses.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes what {@code status} of a Pod should say. Pure but for the clock. */
public final class PodStatusBuilder {

    private final ContainerStatuses containers;
    private final TimeSource time;
    private final List<String> hostIps;

    public PodStatusBuilder(StartErrors errors, ProbeVerdicts probes, TimeSource time, List<String> hostIps) {
        this.containers = new ContainerStatuses(errors, probes);
        this.time = time;
        this.hostIps = hostIps;
    }

    /**
     * @param before what was last reported
     * @param ended whether nothing of the Pod will be started any more
     */
    public PodStatus build(Pod pod, PodState state, @Nullable PodStatus before, boolean ended) {
        var init = containers.build(pod, state, Pods.initContainers(pod), Kind.INIT, before, ended);
        var regular = containers.build(pod, state, pod.getSpec().getContainers(), Kind.REGULAR, before, ended);
        var ephemeral = containers.build(pod, state, EphemeralContainers.of(pod), Kind.EPHEMERAL, before, ended);
        String phase = PodPhase.of(pod, init, regular, ended && !state.hasRunningContainers());
        var status = new PodStatus();
        if (before != null && isEnd(before.getPhase())) {
            phase = before.getPhase();
            status.setReason(before.getReason());
            status.setMessage(before.getMessage());
        }
        String now = ContainerStates.render(time.now());
        status.setPhase(phase);
        status.setObservedGeneration(pod.getMetadata().getGeneration());
        status.setInitContainerStatuses(init);
        status.setContainerStatuses(regular);
        status.setEphemeralContainerStatuses(ephemeral);
        status.setConditions(new PodConditions(pod, before, now)
                .build(phase, state.readySandbox() != null && hasNetwork(pod, state), init, regular));
        status.setQosClass(QosClass.of(pod).text());
        status.setStartTime(before == null || before.getStartTime() == null ? now : before.getStartTime());
        addresses(pod, state, before, status);
        return status;
    }

    private static boolean isEnd(@Nullable String phase) {
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private static boolean hasNetwork(Pod pod, PodState state) {
        return Pods.isHostNetwork(pod) || !state.ips().isEmpty();
    }

    /** A status that ends a Pod that never ran, or no more should. */
    public PodStatus failed(Pod pod, @Nullable PodStatus before, PodState state, String reason, String message) {
        PodStatus status = build(pod, state, before, true);
        status.setPhase("Failed");
        status.setReason(reason);
        status.setMessage(message);
        return status;
    }

    private void addresses(Pod pod, PodState state, @Nullable PodStatus before, PodStatus status) {
        if (!hostIps.isEmpty()) {
            status.setHostIP(hostIps.getFirst());
            status.setHostIPs(hostIps.stream().map(HostIP::new).toList());
        }
        List<String> ips = Pods.isHostNetwork(pod) ? hostIps : state.ips();
        if (!ips.isEmpty()) {
            status.setPodIP(ips.getFirst());
            status.setPodIPs(ips.stream().map(PodIP::new).toList());
        } else if (before != null && before.getPodIP() != null) {
            // A Pod that has ended keeps the address it had.
            status.setPodIP(before.getPodIP());
            status.setPodIPs(before.getPodIPs());
        }
    }
}
