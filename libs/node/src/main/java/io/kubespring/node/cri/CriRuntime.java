package io.kubespring.node.cri;

import io.kubespring.node.cri.v1.AttachRequest;
import io.kubespring.node.cri.v1.AuthConfig;
import io.kubespring.node.cri.v1.Container;
import io.kubespring.node.cri.v1.ContainerConfig;
import io.kubespring.node.cri.v1.ContainerStats;
import io.kubespring.node.cri.v1.ContainerStatus;
import io.kubespring.node.cri.v1.ExecRequest;
import io.kubespring.node.cri.v1.FilesystemUsage;
import io.kubespring.node.cri.v1.Image;
import io.kubespring.node.cri.v1.LinuxContainerResources;
import io.kubespring.node.cri.v1.PodSandbox;
import io.kubespring.node.cri.v1.PodSandboxConfig;
import io.kubespring.node.cri.v1.PodSandboxStatus;
import io.kubespring.node.cri.v1.StatusResponse;
import io.kubespring.node.cri.v1.VersionResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The container runtime as node agents see it: blocking calls (made on virtual threads), each with a deadline, that throw
 * {@link CriException}. Stopping or removing what is already gone succeeds, as the CRI demands.
 */
public interface CriRuntime extends AutoCloseable {

    VersionResponse version();

    StatusResponse status();

    String runPodSandbox(PodSandboxConfig config, String runtimeHandler);

    void stopPodSandbox(String sandboxId);

    void removePodSandbox(String sandboxId);

    PodSandboxStatus podSandboxStatus(String sandboxId);

    /** @param labels only those that carry all of them */
    List<PodSandbox> listPodSandboxes(Map<String, String> labels);

    String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig);

    void startContainer(String containerId);

    /** Sends the stop signal, and the kill signal after {@code grace}. */
    void stopContainer(String containerId, Duration grace);

    void removeContainer(String containerId);

    /** @param labels only those that carry all of them */
    List<Container> listContainers(Map<String, String> labels);

    ContainerStatus containerStatus(String containerId);

    void updateContainerResources(String containerId, LinuxContainerResources resources);

    void reopenContainerLog(String containerId);

    /**
     * Runs a command inside and waits for it.
     *
     * @throws CriException with DEADLINE_EXCEEDED when {@code timeout} passes
     */
    ExecResult execSync(String containerId, List<String> command, Duration timeout);

    /** The runtime's own address at which the stream of an exec is opened. */
    String exec(ExecRequest request);

    /** The runtime's own address at which the stream of an attach is opened. */
    String attach(AttachRequest request);

    /** The runtime's own address at which a port of a sandbox is forwarded. */
    String portForward(String sandboxId, List<Integer> ports);

    List<ContainerStats> listContainerStats();

    List<Image> listImages();

    @Nullable
    Image imageStatus(String image);

    /** Pulls an image and answers the reference by which containers name it. */
    String pullImage(String image, @Nullable AuthConfig auth, PodSandboxConfig sandboxConfig);

    void removeImage(String image);

    List<FilesystemUsage> imageFilesystems();

    @Override
    void close();

    /** What a command inside a container left behind. */
    record ExecResult(int exitCode, byte[] stdout, byte[] stderr) {}
}
