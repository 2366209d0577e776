package io.kubespring.kubelet.fake;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.kubespring.api.time.ManualTime;
import io.kubespring.kubelet.config.FolderSettings;
import io.kubespring.kubelet.config.KubeletConfig;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import io.kubespring.kubelet.probe.ProbeManager;
import io.kubespring.kubelet.resources.LinuxResources;
import io.kubespring.kubelet.resources.PodCgroups;
import io.kubespring.kubelet.runtime.RuntimeParts;
import io.kubespring.kubelet.status.PodStatusBuilder;
import io.kubespring.kubelet.status.StatusManager;
import io.kubespring.kubelet.status.StatusWriter;
import io.kubespring.kubelet.volume.PodVolumes;
import io.kubespring.kubelet.worker.NodeView;
import io.kubespring.kubelet.worker.PodSyncer;
import io.kubespring.node.cgroup.Cgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A kubelet's inside around a fake runtime, on a clock that a test moves. */
public final class Workbench implements AutoCloseable {

    public final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    public final FakeRuntime runtime = new FakeRuntime(time);
    public final FakeEvents events = new FakeEvents();
    public final FakeObjects objects = new FakeObjects();
    public final FakeMounts mounts = new FakeMounts();
    public final List<Pod> deleted = new ArrayList<>();
    public final StatusManager statuses;
    public final PodSyncer syncer;
    public final RuntimeParts parts;
    public NodeView.@Nullable Rejection rejection;
    public @Nullable String networkProblem;
    private final ProbeManager probes;

    public Workbench(Path folder) throws IOException {
        var config = KubeletConfig.defaults("node")
                .folders(new FolderSettings(
                        folder.resolve("root"), folder.resolve("pod-logs"), folder.resolve("logs"), null));
        Path cgroup = Files.createDirectories(folder.resolve("cgroup"));
        Files.writeString(cgroup.resolve("cgroup.controllers"), "cpu memory");
        var resources = new LinuxResources(8L << 30, true, -1);
        var cgroups = new PodCgroups(Cgroups.at(cgroup), resources, "/");
        runtime.addImage("app:1");
        parts = RuntimeParts.create(config, runtime, objects, objects, events, cgroups, resources, time);
        probes = new ProbeManager(runtime, events, time, "192.0.2.1", uid -> {});
        statuses = new StatusManager(new Writer(), time);
        syncer = new PodSyncer(
                parts,
                runtime,
                new PodVolumes(config.folders(), mounts, objects, objects, time),
                cgroups,
                probes,
                new PodStatusBuilder(parts.errors(), probes.verdicts(), time, List.of("192.0.2.1")),
                statuses,
                events,
                new View(),
                config.folders());
    }

    private final class Writer implements StatusWriter {
        @Override
        public void write(Pod pod, PodStatus status) {}

        @Override
        public void delete(Pod pod) {
            deleted.add(pod);
        }
    }

    private final class View implements NodeView {
        @Override
        public @Nullable String networkProblem() {
            return networkProblem;
        }

        @Override
        public NodeFacts facts(List<String> podIps) {
            return new NodeFacts("node", List.of("192.0.2.1"), podIps, 2000, 8L << 30);
        }

        @Override
        public @Nullable Rejection rejection(Pod pod) {
            return rejection;
        }
    }

    public PodStatus status(Pod pod) {
        return Objects.requireNonNull(statuses.current(pod));
    }

    public ContainerStatus container(Pod pod, String name) {
        return status(pod).getContainerStatuses().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public String condition(Pod pod, String type) {
        return status(pod).getConditions().stream()
                .filter(each -> each.getType().equals(type))
                .map(PodCondition::getStatus)
                .findFirst()
                .orElse("absent");
    }

    public void pass(Duration step) {
        time.advance(step);
    }

    @Override
    public void close() {
        probes.close();
    }
}
