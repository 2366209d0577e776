package io.kubespring.kubelet.fake;

import io.kubespring.api.time.TimeSource;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.AttachRequest;
import io.kubespring.node.cri.v1.AuthConfig;
import io.kubespring.node.cri.v1.Container;
import io.kubespring.node.cri.v1.ContainerConfig;
import io.kubespring.node.cri.v1.ContainerState;
import io.kubespring.node.cri.v1.ContainerStats;
import io.kubespring.node.cri.v1.ContainerStatus;
import io.kubespring.node.cri.v1.ExecRequest;
import io.kubespring.node.cri.v1.FilesystemUsage;
import io.kubespring.node.cri.v1.Image;
import io.kubespring.node.cri.v1.LinuxContainerResources;
import io.kubespring.node.cri.v1.PodSandbox;
import io.kubespring.node.cri.v1.PodSandboxConfig;
import io.kubespring.node.cri.v1.PodSandboxNetworkStatus;
import io.kubespring.node.cri.v1.PodSandboxState;
import io.kubespring.node.cri.v1.PodSandboxStatus;
import io.kubespring.node.cri.v1.RuntimeCondition;
import io.kubespring.node.cri.v1.RuntimeStatus;
import io.kubespring.node.cri.v1.StatusResponse;
import io.kubespring.node.cri.v1.VersionResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A container runtime in memory. Containers run until a test ends them. */
public final class FakeRuntime implements CriRuntime {

    private final TimeSource time;
    private final Map<String, PodSandboxStatus> sandboxes = new LinkedHashMap<>();
    private final Map<String, ContainerStatus> containers = new LinkedHashMap<>();
    private final Map<String, String> sandboxOf = new LinkedHashMap<>();
    private int ids;

    public final Map<String, Image> images = new LinkedHashMap<>();
    public final Map<String, String> pullable = new LinkedHashMap<>();
    public final List<String> calls = new ArrayList<>();
    public final Map<String, ContainerConfig> configs = new LinkedHashMap<>();
    public Function<List<String>, ExecResult> exec = command -> new ExecResult(0, new byte[0], new byte[0]);
    public @Nullable AuthConfig lastAuth;

    /** While true the runtime does not say how it is. */
    public volatile boolean down;

    public FakeRuntime(TimeSource time) {
        this.time = time;
    }

    public void addImage(String name) {
        images.put(
                name,
                Image.newBuilder()
                        .setId("sha256:" + name)
                        .addRepoTags(name)
                        .setSize(1000)
                        .build());
    }

    /** Ends a running container. */
    public synchronized void exit(String id, int code) {
        ContainerStatus status = found(id);
        containers.put(
                id,
                status.toBuilder()
                        .setState(ContainerState.CONTAINER_EXITED)
                        .setExitCode(code)
                        .setReason(code == 0 ? "Completed" : "Error")
                        .setFinishedAt(nanos())
                        .build());
    }

    /** The newest container of that name. */
    public synchronized ContainerStatus newest(String name) {
        ContainerStatus last = null;
        for (ContainerStatus each : containers.values()) {
            if (each.getMetadata().getName().equals(name)) {
                last = each;
            }
        }
        if (last == null) {
            throw new AssertionError("no container " + name + " among " + containers.keySet());
        }
        return last;
    }

    public synchronized List<String> running() {
        var names = new TreeSet<String>();
        containers.values().stream()
                .filter(each -> each.getState() == ContainerState.CONTAINER_RUNNING)
                .forEach(each -> names.add(each.getMetadata().getName()));
        return List.copyOf(names);
    }

    private long nanos() {
        var now = time.now();
        // Nobody else's clock ticks that fine: it keeps the order of what happens at one moment.
        return now.getEpochSecond() * 1_000_000_000L + now.getNano() + ids;
    }

    private ContainerStatus found(String id) {
        ContainerStatus status = containers.get(id);
        if (status == null) {
            throw new CriException(CriException.Code.NOT_FOUND, id + " not found");
        }
        return status;
    }

    @Override
    public VersionResponse version() {
        return VersionResponse.newBuilder()
                .setRuntimeName("fake")
                .setRuntimeVersion("1")
                .build();
    }

    @Override
    public StatusResponse status() {
        if (down) {
            throw new CriException(CriException.Code.UNAVAILABLE, "connection refused");
        }
        var status = RuntimeStatus.newBuilder();
        for (String type : List.of("RuntimeReady", "NetworkReady")) {
            status.addConditions(RuntimeCondition.newBuilder().setType(type).setStatus(true));
        }
        return StatusResponse.newBuilder().setStatus(status).build();
    }

    @Override
    public synchronized String runPodSandbox(PodSandboxConfig config, String runtimeHandler) {
        String id = "s" + ++ids;
        calls.add("sandbox " + config.getMetadata().getName());
        sandboxes.put(
                id,
                PodSandboxStatus.newBuilder()
                        .setId(id)
                        .setMetadata(config.getMetadata())
                        .setState(PodSandboxState.SANDBOX_READY)
                        .setCreatedAt(nanos())
                        .setNetwork(PodSandboxNetworkStatus.newBuilder().setIp("10.0.0." + ids))
                        .putAllLabels(config.getLabelsMap())
                        .build());
        return id;
    }

    @Override
    public synchronized void stopPodSandbox(String id) {
        sandboxes.computeIfPresent(
                id,
                (key, status) -> status.toBuilder()
                        .setState(PodSandboxState.SANDBOX_NOTREADY)
                        .clearNetwork()
                        .build());
        sandboxOf.forEach((container, sandbox) -> {
            if (sandbox.equals(id)
                    && containers.containsKey(container)
                    && found(container).getState() == ContainerState.CONTAINER_RUNNING) {
                exit(container, 137);
            }
        });
    }

    @Override
    public synchronized void removePodSandbox(String id) {
        sandboxes.remove(id);
    }

    @Override
    public synchronized PodSandboxStatus podSandboxStatus(String id) {
        PodSandboxStatus status = sandboxes.get(id);
        if (status == null) {
            throw new CriException(CriException.Code.NOT_FOUND, id + " not found");
        }
        return status;
    }

    @Override
    public synchronized List<PodSandbox> listPodSandboxes(Map<String, String> labels) {
        return sandboxes.values().stream()
                .filter(each -> each.getLabelsMap().entrySet().containsAll(labels.entrySet()))
                .map(each -> PodSandbox.newBuilder()
                        .setId(each.getId())
                        .setMetadata(each.getMetadata())
                        .setState(each.getState())
                        .setCreatedAt(each.getCreatedAt())
                        .putAllLabels(each.getLabelsMap())
                        .build())
                .toList();
    }

    @Override
    public synchronized String createContainer(
            String sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig) {
        String id = "c" + ++ids;
        configs.put(config.getMetadata().getName(), config);
        sandboxOf.put(id, sandboxId);
        containers.put(
                id,
                ContainerStatus.newBuilder()
                        .setId(id)
                        .setMetadata(config.getMetadata())
                        .setState(ContainerState.CONTAINER_CREATED)
                        .setCreatedAt(nanos())
                        .setImage(config.getImage())
                        .setImageRef(config.getImage().getImage())
                        .putAllLabels(config.getLabelsMap())
                        .putAllAnnotations(config.getAnnotationsMap())
                        .addAllMounts(config.getMountsList())
                        .setLogPath(sandboxConfig.getLogDirectory() + "/" + config.getLogPath())
                        .build());
        return id;
    }

    @Override
    public synchronized void startContainer(String id) {
        ContainerStatus status = found(id);
        calls.add("start " + status.getMetadata().getName());
        containers.put(
                id,
                status.toBuilder()
                        .setState(ContainerState.CONTAINER_RUNNING)
                        .setStartedAt(nanos())
                        .build());
    }

    @Override
    public synchronized void stopContainer(String id, Duration grace) {
        if (containers.containsKey(id) && found(id).getState() == ContainerState.CONTAINER_RUNNING) {
            calls.add("stop " + found(id).getMetadata().getName() + " " + grace.toSeconds() + "s");
            exit(id, 143);
        }
    }

    @Override
    public synchronized void removeContainer(String id) {
        containers.remove(id);
    }

    @Override
    public synchronized List<Container> listContainers(Map<String, String> labels) {
        return containers.values().stream()
                .filter(each -> each.getLabelsMap().entrySet().containsAll(labels.entrySet()))
                .map(each -> Container.newBuilder()
                        .setId(each.getId())
                        .setPodSandboxId(sandboxOf.getOrDefault(each.getId(), ""))
                        .setMetadata(each.getMetadata())
                        .setState(each.getState())
                        .setCreatedAt(each.getCreatedAt())
                        .setImageRef(each.getImageRef())
                        .putAllLabels(each.getLabelsMap())
                        .build())
                .toList();
    }

    @Override
    public synchronized ContainerStatus containerStatus(String id) {
        return found(id);
    }

    @Override
    public void updateContainerResources(String id, LinuxContainerResources resources) {}

    @Override
    public void reopenContainerLog(String id) {
        calls.add("reopen " + id);
    }

    @Override
    public ExecResult execSync(String id, List<String> command, Duration timeout) {
        calls.add("exec " + String.join(" ", command));
        return exec.apply(command);
    }

    @Override
    public String exec(ExecRequest request) {
        return "http://127.0.0.1:1/exec";
    }

    @Override
    public String attach(AttachRequest request) {
        return "http://127.0.0.1:1/attach";
    }

    @Override
    public String portForward(String sandboxId, List<Integer> ports) {
        return "http://127.0.0.1:1/portforward";
    }

    @Override
    public List<ContainerStats> listContainerStats() {
        return List.of();
    }

    @Override
    public List<Image> listImages() {
        return List.copyOf(images.values());
    }

    @Override
    public @Nullable Image imageStatus(String image) {
        return images.values().stream()
                .filter(each ->
                        each.getId().equals(image) || each.getRepoTagsList().contains(image))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String pullImage(String image, @Nullable AuthConfig auth, PodSandboxConfig sandboxConfig) {
        calls.add("pull " + image);
        lastAuth = auth;
        String password = pullable.get(image);
        if (password == null
                || !password.isEmpty() && (auth == null || !auth.getPassword().equals(password))) {
            throw new CriException(CriException.Code.FAILED, "no such image " + image);
        }
        addImage(image);
        return "sha256:" + image;
    }

    @Override
    public void removeImage(String image) {
        calls.add("rmi " + image);
        images.values().removeIf(each -> each.getId().equals(image));
    }

    @Override
    public List<FilesystemUsage> imageFilesystems() {
        return List.of();
    }

    @Override
    public void close() {}
}
