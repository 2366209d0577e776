package io.kubespring.kubelet.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.config.FolderSettings;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import io.kubespring.kubelet.event.EventReason;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.failure.RestartBackoff;
import io.kubespring.kubelet.failure.StartErrors;
import io.kubespring.kubelet.failure.StartException;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.PodSandboxConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out what {@link PodPlanner} decided. */
public final class PodRunner {

    /** After a start that failed for another reason than the container's own end. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    private final CriRuntime runtime;
    private final SandboxConfigs sandboxes;
    private final ContainerStarter starter;
    private final ContainerKiller killer;
    private final StartErrors errors;
    private final RestartBackoff backoff;
    private final PodEvents events;
    private final FolderSettings folders;

    PodRunner(
            CriRuntime runtime,
            SandboxConfigs sandboxes,
            ContainerStarter starter,
            ContainerKiller killer,
            StartErrors errors,
            RestartBackoff backoff,
            PodEvents events,
            FolderSettings folders) {
        this.runtime = runtime;
        this.sandboxes = sandboxes;
        this.starter = starter;
        this.killer = killer;
        this.errors = errors;
        this.backoff = backoff;
        this.events = events;
        this.folders = folders;
    }

    /**
     * One round.
     *
     * @param facts whose podIps are overruled by a new sandbox's
     * @return after which time to look again though nothing happens, or null where everything was done
     */
    public @Nullable Duration run(
            Pod pod, PodState state, PodActions actions, Map<String, Path> volumes, NodeFacts facts)
            throws IOException {
        if (actions.killPod()) {
            if (actions.createSandbox() && !state.sandboxes().isEmpty()) {
                events.normal(
                        pod,
                        null,
                        EventReason.SANDBOX_CHANGED,
                        "Pod sandbox changed, it will be killed and re-created.");
            }
            killer.killPod(pod, state, Duration.ofSeconds(Pods.graceSeconds(pod)));
        }
        String podIp = facts.podIps().isEmpty() ? "" : facts.podIps().getFirst();
        for (PodActions.Kill kill : actions.kills()) {
            Duration grace = Duration.ofSeconds(Pods.graceSeconds(pod));
            killer.kill(pod, kill.container(), kill.spec(), kill.message(), grace, podIp);
        }
        if (!actions.createSandbox() && actions.starts().isEmpty()) {
            return null;
        }
        int attempt = actions.createSandbox() ? actions.sandboxAttempt() : newestAttempt(state);
        PodSandboxConfig config = sandboxes.build(pod, attempt);
        String sandboxId = actions.sandboxId();
        NodeFacts current = facts;
        if (actions.createSandbox() || sandboxId == null) {
            sandboxId = createSandbox(pod, config);
            current = withIps(pod, facts, sandboxId);
        }
        var place = new ContainerStarter.Place(sandboxId, config, volumes, current, state);
        Duration wait = null;
        for (Container container : actions.starts()) {
            wait = shorter(wait, startUnlessTooSoon(pod, container, state, place));
        }
        return wait;
    }

    private static int newestAttempt(PodState state) {
        var newest = state.newestSandbox();
        return newest == null ? 0 : newest.getMetadata().getAttempt();
    }

    private String createSandbox(Pod pod, PodSandboxConfig config) throws IOException {
        Files.createDirectories(Path.of(config.getLogDirectory()));
        Files.createDirectories(folders.pod(Pods.uid(pod)));
        try {
            return runtime.runPodSandbox(config, "");
        } catch (CriException failure) {
            String message = "Failed to create pod sandbox: " + failure.rendered();
            events.warning(pod, null, EventReason.FAILED_CREATE_POD_SANDBOX, message);
            throw new StartException("CreatePodSandboxError", message);
        }
    }

    private NodeFacts withIps(Pod pod, NodeFacts facts, String sandboxId) {
        if (Pods.isHostNetwork(pod)) {
            return facts;
        }
        var network = runtime.podSandboxStatus(sandboxId).getNetwork();
        var ips = new java.util.ArrayList<>(List.of(network.getIp()));
        network.getAdditionalIpsList().forEach(each -> ips.add(each.getIp()));
        return new NodeFacts(
                facts.nodeName(), facts.hostIps(), ips, facts.allocatableMilliCpu(), facts.allocatableMemory());
    }

    private @Nullable Duration startUnlessTooSoon(
            Pod pod, Container container, PodState state, ContainerStarter.Place place) {
        String uid = Pods.uid(pod);
        ContainerInfo before = state.container(container.getName());
        String key = uid + "_" + container.getName() + "_" + ContainerHash.of(container);
        if (before != null && before.isExited()) {
            Instant finished = Instant.EPOCH.plusNanos(before.status().getFinishedAt());
            Duration remaining = backoff.remaining(key, finished);
            if (remaining.isPositive()) {
                errors.set(
                        uid,
                        container.getName(),
                        "CrashLoopBackOff",
                        "back-off " + RestartBackoff.render(backoff.delay(key)) + " restarting failed container="
                                + container.getName() + " pod=" + Pods.described(pod));
                events.warning(
                        pod,
                        container,
                        EventReason.BACK_OFF,
                        "Back-off restarting failed container " + container.getName() + " in pod "
                                + Pods.described(pod));
                return remaining;
            }
            backoff.next(key, finished);
        }
        try {
            starter.start(pod, container, before == null ? 0 : before.restartCount() + 1, place);
            errors.clear(uid, container.getName());
            return null;
        } catch (StartException failure) {
            errors.set(uid, container.getName(), failure.reason(), failure.getMessage());
            return TRY_AGAIN;
        }
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Forgets what is known of a Pod that is gone. */
    public void forget(String podUid) {
        errors.forget(podUid);
        backoff.forget(podUid);
    }
}
