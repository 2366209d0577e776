package io.kubespring.kubelet.status;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.kubespring.kubelet.failure.StartErrors;
import io.kubespring.kubelet.failure.StartErrors.Problem;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.probe.ProbeVerdicts;
import io.kubespring.kubelet.runtime.PodPlanner;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.state.PodState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statuses of a Pod's containers from what the runtime has and what was found while starting them. */
final class ContainerStatuses {

    /** Where in a Pod's description, and in its status, a container stands. */
    enum Kind {
        INIT(PodStatus::getInitContainerStatuses),
        REGULAR(PodStatus::getContainerStatuses),
        EPHEMERAL(PodStatus::getEphemeralContainerStatuses);

        private final Function<PodStatus, @Nullable List<ContainerStatus>> list;

        Kind(Function<PodStatus, @Nullable List<ContainerStatus>> list) {
            this.list = list;
        }
    }

    private final StartErrors errors;
    private final ProbeVerdicts probes;

    ContainerStatuses(StartErrors errors, ProbeVerdicts probes) {
        this.errors = errors;
        this.probes = probes;
    }

    /**
     * @param before what was last reported; it stands in for containers that the runtime has forgotten
     * @param ended whether nothing of this Pod will be started any more
     */
    List<ContainerStatus> build(
            Pod pod, PodState state, List<Container> containers, Kind kind, @Nullable PodStatus before, boolean ended) {
        var statuses = new ArrayList<ContainerStatus>();
        for (Container container : containers) {
            statuses.add(build(pod, state, container, kind, previous(before, container.getName(), kind), ended));
        }
        return statuses;
    }

    private static @Nullable ContainerStatus previous(@Nullable PodStatus before, String name, Kind kind) {
        if (before == null) {
            return null;
        }
        List<ContainerStatus> list = kind.list.apply(before);
        return list == null
                ? null
                : list.stream()
                        .filter(each -> name.equals(each.getName()))
                        .findFirst()
                        .orElse(null);
    }

    private ContainerStatus build(
            Pod pod, PodState state, Container container, Kind kind, @Nullable ContainerStatus before, boolean ended) {
        List<ContainerInfo> history = state.history(container.getName()).toList();
        ContainerInfo newest = history.isEmpty() ? null : history.getFirst();
        var status = new ContainerStatus();
        status.setName(container.getName());
        status.setImage(container.getImage());
        status.setImageID("");
        status.setRestartCount(before == null ? 0 : before.getRestartCount());
        status.setLastState(before == null ? new ContainerState() : before.getLastState());
        if (newest == null) {
            absent(pod, container, kind, before, ended, status);
        } else {
            present(history, newest, status);
        }
        Problem problem = errors.get(Pods.uid(pod), container.getName());
        boolean restarts = newest == null || !newest.isRunning() && PodPlanner.shouldStart(pod, newest);
        if (problem != null && restarts && !ended) {
            if (newest != null && newest.isExited()) {
                status.setLastState(ContainerStates.of(newest));
            }
            status.setState(ContainerStates.waiting(problem.reason(), problem.message()));
        }
        readiness(container, kind, newest, status);
        return status;
    }

    private static void absent(
            Pod pod,
            Container container,
            Kind kind,
            @Nullable ContainerStatus before,
            boolean ended,
            ContainerStatus status) {
        if (before != null && before.getState() != null && before.getState().getTerminated() != null) {
            status.setState(before.getState());
            status.setImageID(before.getImageID());
            status.setContainerID(before.getContainerID());
            return;
        }
        if (ended
                && before != null
                && before.getState() != null
                && before.getState().getRunning() != null) {
            status.setState(lost());
            status.setContainerID(before.getContainerID());
            return;
        }
        boolean initializing = kind == Kind.INIT || !Pods.initContainers(pod).isEmpty();
        status.setState(ContainerStates.waiting(initializing ? "PodInitializing" : "ContainerCreating", null));
    }

    /** It ran, and nobody can say any more how it ended. */
    private static ContainerState lost() {
        var terminated = new io.fabric8.kubernetes.api.model.ContainerStateTerminated();
        terminated.setReason("ContainerStatusUnknown");
        terminated.setMessage("The container could not be located when the pod was terminated");
        terminated.setExitCode(137);
        var state = new ContainerState();
        state.setTerminated(terminated);
        return state;
    }

    private static void present(List<ContainerInfo> history, ContainerInfo newest, ContainerStatus status) {
        status.setState(ContainerStates.of(newest));
        status.setRestartCount(newest.restartCount());
        status.setContainerID("containerd://" + newest.id());
        String image = newest.status().getImage().getUserSpecifiedImage();
        String reported = newest.status().getImage().getImage();
        // An image without a name is reported by its digest; then the Pod's own word is more use.
        if (!image.isEmpty()) {
            status.setImage(image);
        } else if (!reported.isEmpty() && !reported.startsWith("sha256:")) {
            status.setImage(reported);
        }
        status.setImageID(newest.status().getImageRef());
        if (history.size() > 1) {
            status.setLastState(ContainerStates.of(history.get(1)));
        }
    }

    private void readiness(Container container, Kind kind, @Nullable ContainerInfo newest, ContainerStatus status) {
        boolean started = false;
        boolean ready = false;
        if (newest != null && newest.isRunning()) {
            started = container.getStartupProbe() == null || Boolean.TRUE.equals(probes.startup(newest.id()));
            ready = started
                    && (container.getReadinessProbe() == null || Boolean.TRUE.equals(probes.readiness(newest.id())));
        }
        if (kind == Kind.EPHEMERAL) {
            status.setReady(false);
            return;
        }
        status.setStarted(started);
        if (kind == Kind.INIT && !Pods.isSidecar(container)) {
            status.setReady(newest != null && newest.succeeded());
        } else {
            status.setReady(ready);
        }
    }
}
