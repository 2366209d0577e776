package io.kubespring.kubelet.worker;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.kubespring.kubelet.config.FolderSettings;
import io.kubespring.kubelet.event.EventReason;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.probe.ProbeManager;
import io.kubespring.kubelet.resources.PodCgroups;
import io.kubespring.kubelet.runtime.PodActions;
import io.kubespring.kubelet.runtime.PodPlanner;
import io.kubespring.kubelet.runtime.RuntimeParts;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.kubelet.status.PodStatusBuilder;
import io.kubespring.kubelet.status.StatusManager;
import io.kubespring.kubelet.volume.PodVolumes;
import io.kubespring.kubelet.volume.VolumeException;
import io.kubespring.node.cri.CriRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Pod, one step: compares what should be with what the runtime has and acts. Level-triggered: every call starts from
 * the runtime's own state, so it does not matter what was missed, and nothing that runs as described is touched.
 */
public final class PodSyncer {

    /**
     * What one step came to.
     *
     * @param ended whether the Pod has run its course and is to be stopped
     * @param lookAgain after which time, or null where only the usual period counts
     */
    public record Outcome(boolean ended, @Nullable Duration lookAgain) {}

    private static final Outcome ENDED = new Outcome(true, null);

    private final RuntimeParts parts;
    private final PodVolumes volumes;
    private final PodCgroups cgroups;
    private final ProbeManager probes;
    private final PodPlanner planner;
    private final PodStatusBuilder builder;
    private final StatusManager statuses;
    private final PodEvents events;
    private final NodeView node;
    private final PodCleaner cleaner;

    public PodSyncer(
            RuntimeParts parts,
            CriRuntime runtime,
            PodVolumes volumes,
            PodCgroups cgroups,
            ProbeManager probes,
            PodStatusBuilder builder,
            StatusManager statuses,
            PodEvents events,
            NodeView node,
            FolderSettings folders) {
        this.parts = parts;
        this.volumes = volumes;
        this.cgroups = cgroups;
        this.probes = probes;
        this.planner = new PodPlanner(probes.verdicts());
        this.builder = builder;
        this.statuses = statuses;
        this.events = events;
        this.node = node;
        this.cleaner = new PodCleaner(runtime, volumes, folders);
    }

    /** Brings a Pod closer to running. */
    public Outcome sync(Pod pod) throws IOException {
        PodState state = observe(pod);
        PodStatus before = statuses.current(pod);
        if (Pods.hasEnded(pod) || before != null && isEnd(before.getPhase())) {
            return ENDED;
        }
        if (before == null || before.getStartTime() == null) {
            NodeView.Rejection rejection = node.rejection(pod);
            if (rejection != null) {
                statuses.set(pod, builder.failed(pod, before, state, rejection.reason(), rejection.message()));
                return ENDED;
            }
        }
        if (publish(pod, state)) {
            return ENDED;
        }
        String networkProblem = Pods.isHostNetwork(pod) ? null : node.networkProblem();
        if (networkProblem != null) {
            events.warning(pod, null, EventReason.NETWORK_NOT_READY, "network is not ready: " + networkProblem);
            return new Outcome(false, Duration.ofSeconds(2));
        }
        cgroups.create(pod);
        probes.add(pod);
        Map<String, Path> mounted;
        try {
            mounted = volumes.mount(pod, node.facts(state.ips()));
        } catch (VolumeException failure) {
            events.warning(pod, null, EventReason.FAILED_MOUNT, failure.getMessage());
            return new Outcome(false, Duration.ofSeconds(2));
        }
        PodActions actions = planner.plan(pod, state);
        Duration again = parts.runner().run(pod, state, actions, mounted, node.facts(state.ips()));
        boolean ended = publish(pod, observe(pod));
        return ended ? ENDED : new Outcome(false, again);
    }

    private PodState observe(Pod pod) {
        PodState state = parts.reader().read(Pods.uid(pod));
        probes.observe(state);
        return state;
    }

    /** @return whether the status says that the Pod has run its course */
    private boolean publish(Pod pod, PodState state) {
        PodStatus status = builder.build(pod, state, statuses.current(pod), false);
        if (isEnd(status.getPhase())) {
            return true;
        }
        statuses.set(pod, status);
        return false;
    }

    private static boolean isEnd(@Nullable String phase) {
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /** Stops everything of a Pod; returns when nothing runs any more. */
    public void terminate(Pod pod, Duration grace, @Nullable PodStatus asked) {
        PodState state = observe(pod);
        probes.stopLivenessAndStartup(Pods.uid(pod));
        if (asked != null) {
            statuses.set(pod, asked);
        } else if (state.hasRunningContainers()) {
            statuses.set(pod, builder.build(pod, state, statuses.current(pod), false));
        }
        parts.killer().killPod(pod, state, grace);
        PodState after = parts.reader().read(Pods.uid(pod));
        if (after.hasRunningContainers()) {
            throw new IllegalStateException("containers still run");
        }
        statuses.set(pod, builder.build(pod, after, statuses.current(pod), true));
    }

    /** Stops faster what is being stopped already. */
    public void hurry(Pod pod, Duration grace) {
        parts.killer().killPod(pod, parts.reader().read(Pods.uid(pod)), grace);
    }

    /** The status of a Pod that is ended by this node. */
    public PodStatus failed(Pod pod, String reason, String message) {
        return builder.failed(pod, statuses.current(pod), parts.reader().read(Pods.uid(pod)), reason, message);
    }

    /** Takes away what a stopped Pod needed to run; its dead containers stay for their logs. */
    public void release(Pod pod) throws IOException {
        probes.remove(Pods.uid(pod));
        volumes.unmount(Pods.uid(pod));
        cgroups.remove(pod);
        statuses.finish(pod);
    }

    /** Takes away the rest of a Pod that nobody knows any more. */
    public void purge(Pod pod) throws IOException {
        String uid = Pods.uid(pod);
        cleaner.purge(
                parts.reader().read(uid),
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName());
        cgroups.remove(pod);
        parts.runner().forget(uid);
        parts.images().forget(uid);
        statuses.forget(uid);
    }

    public PodCleaner cleaner() {
        return cleaner;
    }
}
