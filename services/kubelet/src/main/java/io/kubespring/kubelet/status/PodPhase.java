package io.kubespring.kubelet.status;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.pod.Pods;
import java.util.List;

/** A Pod's phase from its containers' states ("Pod Lifecycle"). */
final class PodPhase {

    private PodPhase() {}

    static String of(Pod pod, List<ContainerStatus> init, List<ContainerStatus> regular, boolean ended) {
        for (int at = 0; at < init.size(); at++) {
            Container container = Pods.initContainers(pod).get(at);
            ContainerState state = init.get(at).getState();
            if (Pods.isSidecar(container)) {
                if (!Boolean.TRUE.equals(init.get(at).getStarted()) && !anyStarted(regular) && !ended) {
                    return "Pending";
                }
                continue;
            }
            if (state.getTerminated() != null && state.getTerminated().getExitCode() == 0) {
                continue;
            }
            boolean failed = state.getTerminated() != null;
            if (failed && (Pods.restartPolicy(pod).equals("Never") || ended)) {
                return "Failed";
            }
            if (!anyStarted(regular)) {
                return ended ? "Failed" : "Pending";
            }
        }
        return ofRegular(pod, regular, ended);
    }

    private static boolean anyStarted(List<ContainerStatus> regular) {
        return regular.stream()
                .anyMatch(status -> status.getState().getRunning() != null
                        || status.getState().getTerminated() != null
                        || status.getLastState() != null
                                && status.getLastState().getTerminated() != null);
    }

    private static String ofRegular(Pod pod, List<ContainerStatus> regular, boolean ended) {
        int waiting = 0;
        int running = 0;
        int succeeded = 0;
        int failed = 0;
        for (ContainerStatus status : regular) {
            ContainerState state = status.getState();
            if (state.getRunning() != null) {
                running++;
            } else if (state.getTerminated() != null) {
                if (state.getTerminated().getExitCode() == 0) {
                    succeeded++;
                } else {
                    failed++;
                }
            } else if (status.getLastState() != null && status.getLastState().getTerminated() != null) {
                // Between two runs.
                failed++;
            } else {
                waiting++;
            }
        }
        if (ended && running == 0) {
            return failed + waiting > 0 ? "Failed" : "Succeeded";
        }
        if (waiting > 0) {
            return "Pending";
        }
        if (running > 0 || Pods.restartPolicy(pod).equals("Always")) {
            return "Running";
        }
        if (failed == 0) {
            return succeeded > 0 ? "Succeeded" : "Pending";
        }
        return Pods.restartPolicy(pod).equals("Never") ? "Failed" : "Running";
    }
}
