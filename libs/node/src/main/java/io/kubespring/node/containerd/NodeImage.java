package io.kubespring.node.containerd;

import io.kubespring.node.image.PauseImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Run while the image of a node is built, to write what its containerd begins with into a folder: its configuration
 * ({@code containerd.toml}) and the sandbox image ({@code pause.tar}).
 */
public final class NodeImage {

    private NodeImage() {}

    public static void main(String... folder) throws IOException {
        Path target = Path.of(folder[0]);
        var config = new ContainerdConfig(
                Path.of("/var/lib/containerd"),
                Path.of("/run/containerd"),
                Path.of("/run/containerd/containerd.sock"),
                Path.of("/usr/lib/cni"),
                Path.of("/etc/cni/net.d"),
                Path.of("/etc/containerd/certs.d"),
                PauseImage.REFERENCE,
                false);
        Files.createDirectories(target);
        Files.writeString(target.resolve("containerd.toml"), config.toToml());
        PauseImage.writeTo(target.resolve("pause.tar"));
    }
}
