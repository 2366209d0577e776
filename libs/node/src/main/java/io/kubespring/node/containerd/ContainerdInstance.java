package io.kubespring.node.containerd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A containerd process of our own: writes its configuration, starts it, imports images, ends it. Containers outlive the
 * process, as they do when any containerd restarts.
 */
public final class ContainerdInstance implements AutoCloseable {

    private static final long IMPORT_SECONDS = 120;
    private static final long STOP_SECONDS = 10;

    private final ContainerdConfig config;
    private final Process process;

    private ContainerdInstance(ContainerdConfig config, Process process) {
        this.config = config;
        this.process = process;
    }

    /**
     * Starts {@code containerd} from the {@code PATH}; callers then poll the CRI until it answers.
     *
     * @param configFile where the configuration is written
     * @param log appended to
     */
    public static ContainerdInstance start(ContainerdConfig config, Path configFile, Path log) throws IOException {
        for (Path folder : List.of(config.root(), config.state(), config.cniConfDir(), config.registryConfigDir())) {
            Files.createDirectories(folder);
        }
        Path socketFolder = config.socket().getParent();
        if (socketFolder != null) {
            Files.createDirectories(socketFolder);
        }
        Files.writeString(configFile, config.toToml());
        var process = new ProcessBuilder("containerd", "--config", configFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ContainerdInstance(config, process);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Imports a docker-archive tar into the namespace that Kubernetes uses. */
    public void importImage(Path tar) throws IOException, InterruptedException {
        importImage(config.socket(), tar);
    }

    /** Imports a docker-archive tar into the containerd behind {@code socket}. */
    public static void importImage(Path socket, Path tar) throws IOException, InterruptedException {
        var ctr = new ProcessBuilder(
                        "ctr",
                        "--address",
                        socket.toString(),
                        "--namespace",
                        "k8s.io",
                        "images",
                        "import",
                        tar.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(ctr.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!ctr.waitFor(IMPORT_SECONDS, TimeUnit.SECONDS) || ctr.exitValue() != 0) {
            ctr.destroyForcibly();
            throw new IOException("importing " + tar + " failed: " + output.strip());
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
