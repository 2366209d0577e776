package io.kubespring.e2e.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.e2e.Cluster;
import io.kubespring.e2e.Shell;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One API server without a cluster, in a process of its own that can be killed and started again. */
public final class ApiServerProcess implements AutoCloseable {

    public static final String TOKEN = "e2e-administrator";
    private static final Path DIST = Cluster.ROOT.resolve("services/standalone/target/dist");

    private final Path folder;
    private final int port;
    private final List<String> flags;
    private Process process;

    private ApiServerProcess(Path folder, int port, List<String> flags) throws IOException {
        this.folder = folder;
        this.port = port;
        this.flags = flags;
        this.process = launch();
    }

    /**
     * Returns when it is ready.
     *
     * @param folder for its certificates and log
     * @param flags where it stores, above all
     */
    public static ApiServerProcess start(Path folder, String... flags) throws IOException {
        Shell.run(Cluster.ROOT, "", List.of("./kubespring", "build")).ok();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",administrator,1,\"system:masters\"\n");
        int port;
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        var server = new ApiServerProcess(folder, port, List.of(flags));
        server.awaitReady();
        return server;
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Cluster.ROOT.resolve("services/standalone/src/main/dist/jvm.options"),
                "-XX:AOTCache=" + DIST.resolve("kubespring.aot"),
                "@" + DIST.resolve("classpath"),
                "io.kubespring.apiserver.shell.ApiServerApplication",
                "--secure-port=" + port,
                "--bind-address=127.0.0.1",
                "--management.server.port=-1",
                "--cert-dir=" + folder.resolve("pki"),
                "--token-auth-file=" + folder.resolve("tokens.csv")));
        command.addAll(flags);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private void awaitReady() {
        Shell.eventually(
                Duration.ofSeconds(60),
                () -> {
                    assertThat(process.isAlive())
                            .as(() -> Shell.run(folder, "", List.of("tail", "-n", "20", "log"))
                                    .output())
                            .isTrue();
                    return Shell.run(Cluster.ROOT, "", List.of("curl", "-sk", "--max-time", "5", url() + "/readyz"));
                },
                result -> result.output().equals("ok"));
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** An administrator's. */
    public Path kubeconfig() {
        return folder.resolve("pki/admin.conf");
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Stops the process where it is, every thread of it. */
    public void pause() {
        Shell.run(folder, "", List.of("kill", "-STOP", Long.toString(process.pid())))
                .ok();
    }

    /** After it was killed; returns when it is ready. */
    public void restart() throws IOException {
        process = launch();
        awaitReady();
    }

    /** Returns when it is gone and has let go of its files. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
