package io.kubespring.node.cri;

import io.grpc.StatusRuntimeException;
import io.kubespring.node.cri.v1.AttachRequest;
import io.kubespring.node.cri.v1.AuthConfig;
import io.kubespring.node.cri.v1.Container;
import io.kubespring.node.cri.v1.ContainerConfig;
import io.kubespring.node.cri.v1.ContainerFilter;
import io.kubespring.node.cri.v1.ContainerStats;
import io.kubespring.node.cri.v1.ContainerStatus;
import io.kubespring.node.cri.v1.ContainerStatusRequest;
import io.kubespring.node.cri.v1.CreateContainerRequest;
import io.kubespring.node.cri.v1.ExecRequest;
import io.kubespring.node.cri.v1.ExecSyncRequest;
import io.kubespring.node.cri.v1.FilesystemUsage;
import io.kubespring.node.cri.v1.Image;
import io.kubespring.node.cri.v1.ImageFsInfoRequest;
import io.kubespring.node.cri.v1.ImageServiceGrpc;
import io.kubespring.node.cri.v1.ImageSpec;
import io.kubespring.node.cri.v1.ImageStatusRequest;
import io.kubespring.node.cri.v1.LinuxContainerResources;
import io.kubespring.node.cri.v1.ListContainerStatsRequest;
import io.kubespring.node.cri.v1.ListContainersRequest;
import io.kubespring.node.cri.v1.ListImagesRequest;
import io.kubespring.node.cri.v1.ListPodSandboxRequest;
import io.kubespring.node.cri.v1.PodSandbox;
import io.kubespring.node.cri.v1.PodSandboxConfig;
import io.kubespring.node.cri.v1.PodSandboxFilter;
import io.kubespring.node.cri.v1.PodSandboxStatus;
import io.kubespring.node.cri.v1.PodSandboxStatusRequest;
import io.kubespring.node.cri.v1.PortForwardRequest;
import io.kubespring.node.cri.v1.PullImageRequest;
import io.kubespring.node.cri.v1.RemoveContainerRequest;
import io.kubespring.node.cri.v1.RemoveImageRequest;
import io.kubespring.node.cri.v1.RemovePodSandboxRequest;
import io.kubespring.node.cri.v1.ReopenContainerLogRequest;
import io.kubespring.node.cri.v1.RunPodSandboxRequest;
import io.kubespring.node.cri.v1.RuntimeServiceGrpc;
import io.kubespring.node.cri.v1.StartContainerRequest;
import io.kubespring.node.cri.v1.StatusRequest;
import io.kubespring.node.cri.v1.StatusResponse;
import io.kubespring.node.cri.v1.StopContainerRequest;
import io.kubespring.node.cri.v1.StopPodSandboxRequest;
import io.kubespring.node.cri.v1.UpdateContainerResourcesRequest;
import io.kubespring.node.cri.v1.VersionRequest;
import io.kubespring.node.cri.v1.VersionResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** CRI v1 over the runtime's Unix socket. Every call has a deadline; a call that stops something adds its grace. */
public final class GrpcCriRuntime implements CriRuntime {

    /** The upper end of a pull: registries are slow, but a dead one must not hold a worker for ever. */
    private static final Duration PULL_DEADLINE = Duration.ofMinutes(60);

    private final CriChannel connection;
    private final RuntimeServiceGrpc.RuntimeServiceBlockingStub runtime;
    private final ImageServiceGrpc.ImageServiceBlockingStub images;
    private final Duration requestTimeout;

    /** @param requestTimeout the kubelet's {@code --runtime-request-timeout} (2 minutes by default) */
    public GrpcCriRuntime(Path socket, Duration requestTimeout) {
        this.connection = new CriChannel(socket);
        this.runtime = RuntimeServiceGrpc.newBlockingStub(connection.channel());
        this.images = ImageServiceGrpc.newBlockingStub(connection.channel());
        this.requestTimeout = requestTimeout;
    }

    private RuntimeServiceGrpc.RuntimeServiceBlockingStub runtime() {
        return runtime.withDeadlineAfter(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private RuntimeServiceGrpc.RuntimeServiceBlockingStub runtimeFor(Duration work) {
        return runtime.withDeadlineAfter(requestTimeout.plus(work).toMillis(), TimeUnit.MILLISECONDS);
    }

    private ImageServiceGrpc.ImageServiceBlockingStub images() {
        return images.withDeadlineAfter(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (StatusRuntimeException failure) {
            throw GrpcErrors.translate(failure);
        }
    }

    private static void callIgnoringAbsent(Supplier<?> request) {
        try {
            call(request);
        } catch (CriException failure) {
            if (failure.code() != CriException.Code.NOT_FOUND) {
                throw failure;
            }
        }
    }

    @Override
    public VersionResponse version() {
        return call(() -> runtime()
                .version(VersionRequest.newBuilder().setVersion("0.1.0").build()));
    }

    @Override
    public StatusResponse status() {
        return call(() -> runtime().status(StatusRequest.getDefaultInstance()));
    }

    @Override
    public String runPodSandbox(PodSandboxConfig config, String runtimeHandler) {
        var request = RunPodSandboxRequest.newBuilder().setConfig(config).setRuntimeHandler(runtimeHandler);
        // Twice the usual: a sandbox waits for its network plugins.
        return call(
                () -> runtimeFor(requestTimeout).runPodSandbox(request.build()).getPodSandboxId());
    }

    @Override
    public void stopPodSandbox(String sandboxId) {
        var request =
                StopPodSandboxRequest.newBuilder().setPodSandboxId(sandboxId).build();
        callIgnoringAbsent(() -> runtime().stopPodSandbox(request));
    }

    @Override
    public void removePodSandbox(String sandboxId) {
        var request =
                RemovePodSandboxRequest.newBuilder().setPodSandboxId(sandboxId).build();
        callIgnoringAbsent(() -> runtime().removePodSandbox(request));
    }

    @Override
    public PodSandboxStatus podSandboxStatus(String sandboxId) {
        var request =
                PodSandboxStatusRequest.newBuilder().setPodSandboxId(sandboxId).build();
        return call(() -> runtime().podSandboxStatus(request).getStatus());
    }

    @Override
    public List<PodSandbox> listPodSandboxes(Map<String, String> labels) {
        var filter = PodSandboxFilter.newBuilder().putAllLabelSelector(labels);
        var request = ListPodSandboxRequest.newBuilder().setFilter(filter).build();
        return call(() -> runtime().listPodSandbox(request).getItemsList());
    }

    @Override
    public String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig) {
        var request = CreateContainerRequest.newBuilder()
                .setPodSandboxId(sandboxId)
                .setConfig(config)
                .setSandboxConfig(sandboxConfig)
                .build();
        return call(() -> runtime().createContainer(request).getContainerId());
    }

    @Override
    public void startContainer(String containerId) {
        var request =
                StartContainerRequest.newBuilder().setContainerId(containerId).build();
        call(() -> runtime().startContainer(request));
    }

    @Override
    public void stopContainer(String containerId, Duration grace) {
        var request = StopContainerRequest.newBuilder()
                .setContainerId(containerId)
                .setTimeout(grace.toSeconds())
                .build();
        callIgnoringAbsent(() -> runtimeFor(grace).stopContainer(request));
    }

    @Override
    public void removeContainer(String containerId) {
        var request =
                RemoveContainerRequest.newBuilder().setContainerId(containerId).build();
        callIgnoringAbsent(() -> runtime().removeContainer(request));
    }

    @Override
    public List<Container> listContainers(Map<String, String> labels) {
        var filter = ContainerFilter.newBuilder().putAllLabelSelector(labels);
        var request = ListContainersRequest.newBuilder().setFilter(filter).build();
        return call(() -> runtime().listContainers(request).getContainersList());
    }

    @Override
    public ContainerStatus containerStatus(String containerId) {
        var request =
                ContainerStatusRequest.newBuilder().setContainerId(containerId).build();
        return call(() -> runtime().containerStatus(request).getStatus());
    }

    @Override
    public void updateContainerResources(String containerId, LinuxContainerResources resources) {
        var request = UpdateContainerResourcesRequest.newBuilder()
                .setContainerId(containerId)
                .setLinux(resources)
                .build();
        call(() -> runtime().updateContainerResources(request));
    }

    @Override
    public void reopenContainerLog(String containerId) {
        var request = ReopenContainerLogRequest.newBuilder()
                .setContainerId(containerId)
                .build();
        call(() -> runtime().reopenContainerLog(request));
    }

    @Override
    public ExecResult execSync(String containerId, List<String> command, Duration timeout) {
        var request = ExecSyncRequest.newBuilder()
                .setContainerId(containerId)
                .addAllCmd(command)
                .setTimeout(Math.max(1, timeout.toSeconds()))
                .build();
        var response = call(() -> runtimeFor(timeout).execSync(request));
        return new ExecResult(
                response.getExitCode(),
                response.getStdout().toByteArray(),
                response.getStderr().toByteArray());
    }

    @Override
    public String exec(ExecRequest request) {
        return call(() -> runtime().exec(request).getUrl());
    }

    @Override
    public String attach(AttachRequest request) {
        return call(() -> runtime().attach(request).getUrl());
    }

    @Override
    public String portForward(String sandboxId, List<Integer> ports) {
        var request = PortForwardRequest.newBuilder()
                .setPodSandboxId(sandboxId)
                .addAllPort(ports)
                .build();
        return call(() -> runtime().portForward(request).getUrl());
    }

    @Override
    public List<ContainerStats> listContainerStats() {
        return call(() -> runtime()
                .listContainerStats(ListContainerStatsRequest.getDefaultInstance())
                .getStatsList());
    }

    @Override
    public List<Image> listImages() {
        return call(() ->
                images().listImages(ListImagesRequest.getDefaultInstance()).getImagesList());
    }

    @Override
    public @Nullable Image imageStatus(String image) {
        var request = ImageStatusRequest.newBuilder().setImage(spec(image)).build();
        var response = call(() -> images().imageStatus(request));
        return response.hasImage() ? response.getImage() : null;
    }

    @Override
    public String pullImage(String image, @Nullable AuthConfig auth, PodSandboxConfig sandboxConfig) {
        var request = PullImageRequest.newBuilder().setImage(spec(image)).setSandboxConfig(sandboxConfig);
        if (auth != null) {
            request.setAuth(auth);
        }
        return call(() -> images.withDeadlineAfter(PULL_DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .pullImage(request.build())
                .getImageRef());
    }

    @Override
    public void removeImage(String image) {
        var request = RemoveImageRequest.newBuilder().setImage(spec(image)).build();
        callIgnoringAbsent(() -> images().removeImage(request));
    }

    @Override
    public List<FilesystemUsage> imageFilesystems() {
        return call(() ->
                images().imageFsInfo(ImageFsInfoRequest.getDefaultInstance()).getImageFilesystemsList());
    }

    private static ImageSpec spec(String image) {
        return ImageSpec.newBuilder().setImage(image).build();
    }

    @Override
    public void close() {
        connection.close();
    }
}
