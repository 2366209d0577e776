package io.kubespring.standalone.host;

import io.kubespring.node.containerd.Capabilities;
import io.kubespring.node.containerd.ContainerdConfig;
import io.kubespring.node.containerd.ContainerdInstance;
import io.kubespring.node.host.HostException;
import io.kubespring.node.image.PauseImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's own containerd: with its own configuration, root, state and socket it never meets another one on the
 * machine. It outlives this process, so containers do not notice when the cluster is restarted.
 */
public final class ContainerRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerRuntime.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final List<Path> CNI_FOLDERS = List.of(Path.of("/opt/cni/bin"), Path.of("/usr/lib/cni"));

    private final Path root;
    private final Path run;
    private final Path socket;
    private final Path cniConfDir;
    private final io.kubespring.api.time.TimeSource time;

    public ContainerRuntime(Path root, Path run, Path socket, Path cniConfDir, io.kubespring.api.time.TimeSource time) {
        this.root = root;
        this.run = run;
        this.socket = socket;
        this.cniConfDir = cniConfDir;
        this.time = time;
    }

    /** Starts containerd unless it runs, and waits until its socket answers. */
    public void ensureRunning() throws InterruptedException {
        if (answers()) {
            return;
        }
        try {
            Files.createDirectories(run);
            Path log = root.resolveSibling("log").resolve("containerd.log");
            Files.createDirectories(log.getParent());
            var config = new ContainerdConfig(
                    root,
                    run.resolve("state"),
                    socket,
                    cniBinDir(),
                    cniConfDir,
                    root.resolveSibling("registry"),
                    PauseImage.REFERENCE,
                    !Capabilities.canLowerOomScore());
            ContainerdInstance started = ContainerdInstance.start(config, run.resolve("config.toml"), log);
            Files.writeString(run.resolve("containerd.pid"), String.valueOf(started.pid()));
            for (Duration waited = Duration.ZERO; !answers(); waited = waited.plus(POLL)) {
                if (!started.isAlive()) {
                    throw new HostException("containerd ended at once; its log is " + log);
                }
                if (waited.compareTo(PATIENCE) > 0) {
                    throw new HostException("containerd does not answer on " + socket + "; its log is " + log);
                }
                time.sleep(POLL);
            }
        } catch (IOException failure) {
            throw new HostException("cannot start containerd: " + failure.getMessage());
        }
    }

    private boolean answers() {
        if (!Files.exists(socket)) {
            return false;
        }
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException refused) {
            return false;
        }
    }

    private static Path cniBinDir() {
        for (Path each : CNI_FOLDERS) {
            if (Files.isExecutable(each.resolve("bridge"))) {
                return each;
            }
        }
        throw new HostException("missing on this machine: the CNI plugins (looked in " + CNI_FOLDERS + ")");
    }

    /**
     * Imports the sandbox image, which is made here, and every archive of the folder that is new since it was last
     * imported. An archive that cannot be imported is named in the log and holds nothing up.
     */
    public void importImages(Path folder) throws InterruptedException {
        try {
            Files.createDirectories(folder);
            Path pause = root.resolve("pause.tar");
            if (!Files.exists(pause)) {
                Files.createDirectories(root);
                PauseImage.writeTo(pause);
            }
            importOnce(pause);
            List<Path> archives;
            try (Stream<Path> files = Files.list(folder)) {
                archives = files.filter(each -> each.toString().endsWith(".tar"))
                        .sorted()
                        .toList();
            }
            for (Path each : archives) {
                try {
                    importOnce(each);
                } catch (IOException broken) {
                    LOG.error("{}", broken.getMessage());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot import images", failure);
        }
    }

    private void importOnce(Path archive) throws IOException, InterruptedException {
        Path marker = root.resolve("imported").resolve(archive.getFileName());
        FileTime version = Files.getLastModifiedTime(archive);
        if (Files.exists(marker) && Files.getLastModifiedTime(marker).equals(version)) {
            return;
        }
        ContainerdInstance.importImage(socket, archive);
        Files.createDirectories(marker.getParent());
        Files.write(marker, new byte[0]);
        Files.setLastModifiedTime(marker, version);
    }
}
