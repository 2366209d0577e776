package io.kubespring.kubelet.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.pod.EphemeralContainers;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.probe.ProbeVerdicts;
import io.kubespring.kubelet.runtime.PodActions.Kill;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.node.cri.v1.ContainerState;
import io.kubespring.node.cri.v1.PodSandboxStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a Pod's description and the runtime's state what to do next. Pure: the same arguments give the same
 * actions, and a Pod whose containers run as described gives none, so a restarted kubelet disturbs nothing.
 */
public final class PodPlanner {

    private final ProbeVerdicts probes;

    public PodPlanner(ProbeVerdicts probes) {
        this.probes = probes;
    }

    public PodActions plan(Pod pod, PodState state) {
        PodSandboxStatus newest = state.newestSandbox();
        if (needsSandbox(pod, state)) {
            int attempt = newest == null ? 0 : newest.getMetadata().getAttempt() + 1;
            return withNewSandbox(pod, state, attempt);
        }
        var kills = new ArrayList<Kill>();
        var starts = new ArrayList<Container>();
        String sandbox = newest == null ? "" : newest.getId();
        // Even before the others began: what keeps them from it may be what somebody wants to see.
        EphemeralContainers.of(pod).stream()
                .filter(container -> state.container(container.getName()) == null)
                .forEach(starts::add);
        int visitors = starts.size();
        switch (planInit(pod, state, sandbox, kills, starts)) {
            case FAILED -> {
                return new PodActions(true, false, 0, sandbox, List.of(), List.of());
            }
            case RUNNING -> {
                return new PodActions(false, false, 0, sandbox, kills, starts);
            }
            case DONE -> {}
        }
        boolean anythingKept = planRegular(pod, state, kills, starts);
        if (!anythingKept && starts.size() == visitors) {
            return new PodActions(true, false, 0, sandbox, List.of(), List.of());
        }
        return new PodActions(false, false, 0, sandbox, kills, starts);
    }

    private static boolean needsSandbox(Pod pod, PodState state) {
        PodSandboxStatus newest = state.newestSandbox();
        if (newest == null || !PodState.isReady(newest)) {
            return true;
        }
        long ready = state.sandboxes().stream().filter(PodState::isReady).count();
        return ready > 1
                || !Pods.isHostNetwork(pod) && newest.getNetwork().getIp().isEmpty();
    }

    private static PodActions withNewSandbox(Pod pod, PodState state, int attempt) {
        boolean never = Pods.restartPolicy(pod).equals("Never");
        if (never && attempt > 0 && !state.containers().isEmpty()) {
            return new PodActions(true, false, attempt, null, List.of(), List.of());
        }
        List<Container> starts = pod.getSpec().getContainers().stream()
                .filter(container -> !(Pods.restartPolicy(pod).equals("OnFailure")
                        && succeeded(state.container(container.getName()))))
                .toList();
        if (starts.isEmpty()) {
            return new PodActions(true, false, attempt, null, List.of(), List.of());
        }
        List<Container> init = Pods.initContainers(pod);
        List<Container> first = init.isEmpty() ? starts : List.of(init.getFirst());
        return new PodActions(true, true, attempt, null, List.of(), first);
    }

    private static boolean succeeded(@Nullable ContainerInfo container) {
        return container != null && container.succeeded();
    }

    private enum Init {
        RUNNING,
        DONE,
        FAILED
    }

    private Init planInit(Pod pod, PodState state, String sandbox, List<Kill> kills, List<Container> starts) {
        boolean pastInit = pod.getSpec().getContainers().stream()
                .anyMatch(container -> inSandbox(state, sandbox, container.getName()) != null);
        for (Container container : Pods.initContainers(pod)) {
            ContainerInfo current = inSandbox(state, sandbox, container.getName());
            if (Pods.isSidecar(container)) {
                boolean started = planSidecar(container, current, kills, starts);
                if (!started && !pastInit) {
                    return Init.RUNNING;
                }
                continue;
            }
            if (pastInit || succeeded(current)) {
                continue;
            }
            if (current != null && current.isRunning()) {
                return Init.RUNNING;
            }
            if (current != null && current.isExited() && Pods.restartPolicy(pod).equals("Never")) {
                return Init.FAILED;
            }
            starts.add(container);
            return Init.RUNNING;
        }
        return Init.DONE;
    }

    /** @return whether what comes after the sidecar may start */
    private boolean planSidecar(
            Container container, @Nullable ContainerInfo current, List<Kill> kills, List<Container> starts) {
        if (current == null || !current.isRunning()) {
            starts.add(container);
            return false;
        }
        String problem = problem(container, current);
        if (problem != null) {
            kills.add(new Kill(current, container, problem + ", will be restarted"));
            starts.add(container);
            return false;
        }
        return container.getStartupProbe() == null || Boolean.TRUE.equals(probes.startup(current.id()));
    }

    private static @Nullable ContainerInfo inSandbox(PodState state, String sandbox, String name) {
        return state.history(name)
                .filter(container -> container.sandboxId().equals(sandbox))
                .findFirst()
                .orElse(null);
    }

    private boolean planRegular(Pod pod, PodState state, List<Kill> kills, List<Container> starts) {
        boolean kept = false;
        for (Container container : pod.getSpec().getContainers()) {
            ContainerInfo current = state.container(container.getName());
            if (current == null || !current.isRunning()) {
                if (shouldStart(pod, current)) {
                    starts.add(container);
                }
                continue;
            }
            String problem = problem(container, current);
            if (problem == null) {
                kept = true;
                continue;
            }
            boolean changed = !current.hash().equals(ContainerHash.of(container));
            if (changed || !Pods.restartPolicy(pod).equals("Never")) {
                kills.add(new Kill(current, container, problem + ", will be restarted"));
                starts.add(container);
            } else {
                kills.add(new Kill(current, container, problem));
                kept = true;
            }
        }
        return kept;
    }

    /** Whether a container that does not run should. */
    public static boolean shouldStart(Pod pod, @Nullable ContainerInfo current) {
        if (Pods.isDeleted(pod)) {
            return false;
        }
        if (current == null || current.status().getState() != ContainerState.CONTAINER_EXITED) {
            return true;
        }
        return switch (Pods.restartPolicy(pod)) {
            case "Never" -> false;
            case "OnFailure" -> !current.succeeded();
            default -> true;
        };
    }

    private @Nullable String problem(Container container, ContainerInfo current) {
        String subject = "Container " + container.getName();
        if (!current.hash().equals(ContainerHash.of(container))) {
            return subject + " definition changed";
        }
        if (Boolean.FALSE.equals(probes.liveness(current.id()))) {
            return subject + " failed liveness probe";
        }
        if (Boolean.FALSE.equals(probes.startup(current.id()))) {
            return subject + " failed startup probe";
        }
        return null;
    }
}
