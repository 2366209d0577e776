package io.kubespring.standalone.aot;

import io.kubespring.apiserver.shell.ApiServerApplication;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * Records the start-up cache of an API server that runs alone. It holds none of the classes of clients and of the other
 * components, which saves an eighth of the server's memory; so the client is this process and the server one of its own.
 */
public final class ServerTraining {

    private static final int LONGEST_RECORDING_SECONDS = 300;

    private ServerTraining() {}

    /** Takes the file to write and the file with the JVM's options; exits with 1, and says why, where that fails. */
    public static void main(String... args) throws Exception {
        Path folder = Files.createTempDirectory("kubespring-training");
        int exit;
        try {
            exit = train(folder, args[0], args[1]);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        System.exit(exit);
    }

    private static int train(Path folder, String cache, String options) throws IOException, InterruptedException {
        int port = freePort();
        Path pki = Files.createDirectory(folder.resolve("pki"));
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + options,
                        "-XX:AOTCacheOutput=" + cache,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApiServerApplication.class.getName(),
                        "--secure-port=" + port,
                        "--bind-address=127.0.0.1",
                        "--management.server.port=-1",
                        "--cert-dir=" + pki,
                        "--storage-file=" + folder.resolve("state.db"),
                        // Nobody makes the ServiceAccounts that it would look for.
                        "--disable-admission-plugins=ServiceAccount")
                .inheritIO()
                .start();
        try {
            awaitFile(server, pki.resolve("admin.conf"));
            Workload.run(pki.resolve("admin.conf"), port);
            server.destroy();
            // The cache is written when the server ends.
            if (!server.waitFor(LONGEST_RECORDING_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the cache takes too long to write");
            }
        } finally {
            server.destroyForcibly();
        }
        return Files.exists(Path.of(cache)) ? 0 : 1;
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static void awaitFile(Process server, Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            if (server.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the API server ended with " + server.exitValue());
            }
        }
    }
}
