package io.kubespring.kubelet.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.event.EventReason;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.lifecycle.HookRunner;
import io.kubespring.kubelet.lifecycle.HookRunner.HookException;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.node.cri.CriRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Stops containers: preStop within the grace period, the signal, the kill; sidecars after the others, last one first. */
public final class ContainerKiller {

    /** What a container has at least between signal and kill. */
    private static final Duration LEAST_GRACE = Duration.ofSeconds(2);

    private final CriRuntime runtime;
    private final HookRunner hooks;
    private final PodEvents events;
    private final TimeSource time;

    public ContainerKiller(CriRuntime runtime, HookRunner hooks, PodEvents events, TimeSource time) {
        this.runtime = runtime;
        this.hooks = hooks;
        this.events = events;
        this.time = time;
    }

    /** Stops one container; an absent spec (its Pod has changed or gone) means no hook. */
    public void kill(
            Pod pod, ContainerInfo container, @Nullable Container spec, String message, Duration grace, String podIp) {
        events.normal(pod, spec, EventReason.KILLING, message);
        long began = time.nanoTime();
        if (grace.isPositive() && spec != null) {
            preStop(pod, container, spec, grace, podIp);
        }
        Duration used = Duration.ofNanos(time.nanoTime() - began);
        Duration left = grace.minus(used);
        Duration timeout = grace.isZero() || left.compareTo(LEAST_GRACE) >= 0 ? left : LEAST_GRACE;
        runtime.stopContainer(container.id(), timeout.isNegative() ? Duration.ZERO : timeout);
    }

    private void preStop(Pod pod, ContainerInfo container, Container spec, Duration grace, String podIp) {
        LifecycleHandler handler =
                spec.getLifecycle() == null ? null : spec.getLifecycle().getPreStop();
        if (handler == null) {
            return;
        }
        try {
            hooks.run(spec, container.id(), handler, podIp, grace);
        } catch (HookException failure) {
            events.warning(pod, spec, EventReason.FAILED_PRE_STOP_HOOK, "PreStopHook failed");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops everything that runs and the sandboxes; returns when it is done. */
    public void killPod(Pod pod, PodState state, Duration grace) {
        long began = time.nanoTime();
        String podIp = state.ips().isEmpty() ? "" : state.ips().getFirst();
        var sidecars = new ArrayList<ContainerInfo>();
        var others = new ArrayList<ContainerInfo>();
        for (ContainerInfo container : state.running()) {
            Container spec = Pods.container(pod, container.name());
            (spec != null && Pods.isSidecar(spec) ? sidecars : others).add(container);
        }
        killAll(pod, others, grace, podIp);
        // Newest first is also last started first.
        for (ContainerInfo sidecar : sidecars) {
            Duration left = grace.minus(Duration.ofNanos(time.nanoTime() - began));
            killAll(pod, List.of(sidecar), left.isNegative() ? Duration.ZERO : left, podIp);
        }
        state.sandboxes().stream()
                .filter(PodState::isReady)
                .forEach(sandbox -> runtime.stopPodSandbox(sandbox.getId()));
    }

    private void killAll(Pod pod, List<ContainerInfo> containers, Duration grace, String podIp) {
        List<Callable<Void>> kills = new ArrayList<>();
        for (ContainerInfo container : containers) {
            kills.add(() -> {
                Container spec = Pods.container(pod, container.name());
                kill(pod, container, spec, "Stopping container " + container.name(), grace, podIp);
                return null;
            });
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : executor.invokeAll(kills)) {
                done.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }
}
