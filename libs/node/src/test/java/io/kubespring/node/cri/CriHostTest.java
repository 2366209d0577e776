package io.kubespring.node.cri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.node.containerd.Capabilities;
import io.kubespring.node.containerd.ContainerdConfig;
import io.kubespring.node.containerd.ContainerdInstance;
import io.kubespring.node.cri.v1.ContainerConfig;
import io.kubespring.node.cri.v1.ContainerMetadata;
import io.kubespring.node.cri.v1.ContainerState;
import io.kubespring.node.cri.v1.ImageSpec;
import io.kubespring.node.cri.v1.LinuxPodSandboxConfig;
import io.kubespring.node.cri.v1.LinuxSandboxSecurityContext;
import io.kubespring.node.cri.v1.NamespaceMode;
import io.kubespring.node.cri.v1.NamespaceOption;
import io.kubespring.node.cri.v1.PodSandboxConfig;
import io.kubespring.node.cri.v1.PodSandboxMetadata;
import io.kubespring.node.image.BusyboxImage;
import io.kubespring.node.image.PauseImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client, the pause program and the hand-made images against a real containerd. */
@Tag("host")
class CriHostTest {

    private static final String IMAGE = "example.test/busybox:1";

    @TempDir
    Path folder;

    @Test
    void runsACommandInAContainerOfAHandMadeImage() throws Exception {
        var config = new ContainerdConfig(
                folder.resolve("root"),
                folder.resolve("state"),
                folder.resolve("c.sock"),
                Path.of("/usr/lib/cni"),
                folder.resolve("cni"),
                folder.resolve("certs.d"),
                PauseImage.REFERENCE,
                !Capabilities.canLowerOomScore());
        try (var containerd =
                        ContainerdInstance.start(config, folder.resolve("config.toml"), folder.resolve("log.txt"));
                var runtime = new GrpcCriRuntime(config.socket(), Duration.ofSeconds(30))) {
            awaitReady(runtime);
            PauseImage.writeTo(folder.resolve("pause.tar"));
            BusyboxImage.writeTo(folder.resolve("busybox.tar"), Path.of("/usr/bin/busybox"), IMAGE);
            containerd.importImage(folder.resolve("pause.tar"));
            containerd.importImage(folder.resolve("busybox.tar"));
            assertThat(runtime.imageStatus(IMAGE)).isNotNull();
            assertThat(runtime.imageStatus("example.test/absent:1")).isNull();

            var sandboxConfig = sandbox();
            String sandbox = runtime.runPodSandbox(sandboxConfig, "");
            try {
                String container = runtime.createContainer(sandbox, sleeper(), sandboxConfig);
                runtime.startContainer(container);
                var result = runtime.execSync(
                        container, List.of("sh", "-c", "echo out; echo err >&2; exit 3"), Duration.ofSeconds(10));
                assertThat(result.exitCode()).isEqualTo(3);
                assertThat(new String(result.stdout(), StandardCharsets.UTF_8)).isEqualTo("out\n");
                assertThat(new String(result.stderr(), StandardCharsets.UTF_8)).isEqualTo("err\n");
                runtime.stopContainer(container, Duration.ZERO);
                assertThat(runtime.containerStatus(container).getState()).isEqualTo(ContainerState.CONTAINER_EXITED);
                runtime.removeContainer(container);
                runtime.removeContainer(container);
                assertThatThrownBy(() -> runtime.containerStatus(container))
                        .isInstanceOfSatisfying(
                                CriException.class,
                                failure -> assertThat(failure.code()).isEqualTo(CriException.Code.NOT_FOUND));
            } finally {
                runtime.stopPodSandbox(sandbox);
                runtime.removePodSandbox(sandbox);
            }
        }
    }

    private static void awaitReady(CriRuntime runtime) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                runtime.version();
                return;
            } catch (CriException notYet) {
                assertThat(attempt).isLessThan(100);
                Thread.sleep(100);
            }
        }
    }

    private PodSandboxConfig sandbox() {
        return PodSandboxConfig.newBuilder()
                .setMetadata(PodSandboxMetadata.newBuilder()
                        .setName("p")
                        .setNamespace("d")
                        .setUid("u"))
                .setLogDirectory(folder.resolve("logs").toString())
                .setLinux(LinuxPodSandboxConfig.newBuilder()
                        .setCgroupParent("/kubespring-cri-test")
                        .setSecurityContext(LinuxSandboxSecurityContext.newBuilder()
                                .setNamespaceOptions(
                                        NamespaceOption.newBuilder().setNetwork(NamespaceMode.NODE))))
                .build();
    }

    private static ContainerConfig sleeper() {
        return ContainerConfig.newBuilder()
                .setMetadata(ContainerMetadata.newBuilder().setName("c"))
                .setImage(ImageSpec.newBuilder().setImage(IMAGE))
                .addAllCommand(List.of("sleep", "600"))
                .setLogPath("c/0.log")
                .build();
    }
}
