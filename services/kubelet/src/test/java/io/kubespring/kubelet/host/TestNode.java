package io.kubespring.kubelet.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.Transport;
import io.kubespring.kubelet.Kubelet;
import io.kubespring.kubelet.config.ContainerSettings;
import io.kubespring.kubelet.config.FolderSettings;
import io.kubespring.kubelet.config.KubeletConfig;
import io.kubespring.kubelet.config.NodeSettings;
import io.kubespring.kubelet.config.ServerSettings;
import io.kubespring.node.cgroup.Cgroups;
import io.kubespring.node.containerd.Capabilities;
import io.kubespring.node.containerd.ContainerdConfig;
import io.kubespring.node.containerd.ContainerdInstance;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.GrpcCriRuntime;
import io.kubespring.node.image.BusyboxImage;
import io.kubespring.node.image.PauseImage;
import io.kubespring.node.mount.Mounts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Mono;

/** A containerd with a network of its own, and the kubelet's folders; takes everything away when closed. */
final class TestNode implements AutoCloseable {

    static final String NAME = "test-node";
    static final String IMAGE = "example.test/busybox:1";
    private static final String BRIDGE = "kst0";
    private static final String CGROUP_ROOT = "/kubespring-kubelet-test";

    final Path folder;
    final Path manifests;
    final GrpcCriRuntime runtime;
    private final ContainerdInstance containerd;

    TestNode(Path folder) throws Exception {
        this.folder = folder;
        this.manifests = Files.createDirectories(folder.resolve("manifests"));
        Path cni = Files.createDirectories(folder.resolve("cni"));
        Files.writeString(cni.resolve("10-test.conflist"), network());
        var config = new ContainerdConfig(
                folder.resolve("containerd"),
                folder.resolve("run"),
                folder.resolve("containerd.sock"),
                Path.of("/usr/lib/cni"),
                cni,
                folder.resolve("certs.d"),
                PauseImage.REFERENCE,
                !Capabilities.canLowerOomScore());
        containerd = ContainerdInstance.start(config, folder.resolve("config.toml"), folder.resolve("containerd.log"));
        runtime = new GrpcCriRuntime(config.socket(), Duration.ofSeconds(60));
        await("containerd answers", () -> {
            try {
                return runtime.status().getStatus().getConditionsList().stream().allMatch(each -> each.getStatus());
            } catch (CriException notYet) {
                return false;
            }
        });
        PauseImage.writeTo(folder.resolve("pause.tar"));
        BusyboxImage.writeTo(folder.resolve("busybox.tar"), Path.of("/usr/bin/busybox"), IMAGE);
        containerd.importImage(folder.resolve("pause.tar"));
        containerd.importImage(folder.resolve("busybox.tar"));
    }

    private String network() {
        return """
            {"cniVersion": "1.0.0", "name": "test", "plugins": [
              {"type": "bridge", "bridge": "%s", "isGateway": true, "ipMasq": false, "hairpinMode": true,
               "ipam": {"type": "host-local", "dataDir": "%s",
                        "ranges": [[{"subnet": "10.250.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
              {"type": "portmap", "capabilities": {"portMappings": true}}]}
            """.formatted(BRIDGE, folder.resolve("ipam"));
    }

    KubeletConfig config() {
        return KubeletConfig.defaults(NAME)
                .node(NodeSettings.defaults(NAME).nodeIp("10.250.0.1"))
                .folders(new FolderSettings(
                        folder.resolve("kubelet"), folder.resolve("pod-logs"), folder.resolve("logs"), manifests))
                .containers(ContainerSettings.defaults().cgroupRoot(CGROUP_ROOT))
                .server(new ServerSettings(
                        "127.0.0.1", 0, null, null, null, true, false, ServerSettings.STREAMING_IDLE));
    }

    /** A kubelet that finds no API server, and lets everybody in. */
    Kubelet kubelet() {
        var kubelet = new Kubelet(
                config(),
                KubeClient.over(new NoApiServer(), SystemTime.instance()),
                runtime,
                Cgroups.host(),
                SystemTime.instance(),
                RandomSource.system(),
                new SimpleMeterRegistry());
        kubelet.start();
        return kubelet;
    }

    private static final class NoApiServer implements Transport {
        @Override
        public Mono<Response> send(Request request) {
            return Mono.error(new IOException("no API server"));
        }

        @Override
        public void close() {}
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        await(what, Duration.ofSeconds(30), condition);
    }

    static void await(String what, Duration most, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(50);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        runtime.listPodSandboxes(Map.of()).forEach(sandbox -> {
            runtime.stopPodSandbox(sandbox.getId());
            runtime.removePodSandbox(sandbox.getId());
        });
        runtime.close();
        containerd.close();
        var mounts = Mounts.host();
        for (Path point : mounts.below(folder)) {
            mounts.unmount(point);
        }
        Cgroups.host().remove(CGROUP_ROOT);
        new ProcessBuilder("ip", "link", "delete", BRIDGE).start().waitFor();
    }
}
