package io.kubespring.testing.etcd;

import io.kubespring.api.time.SystemTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An etcd process of this machine. */
final class LocalEtcd implements EtcdServer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Path binary = EtcdBinary.find();
    private final Path folder;
    private final List<String> flags;
    private final @Nullable Tls tls;
    private final int port;
    private final int peerPort;
    private final int metricsPort;
    private final Thread atExit = new Thread(this::kill);
    private @Nullable Process process;

    private LocalEtcd(Path folder, @Nullable Tls tls, List<String> flags) throws IOException {
        this.folder = folder;
        this.tls = tls;
        this.flags = flags;
        try (ServerSocket first = free();
                ServerSocket second = free();
                ServerSocket third = free()) {
            port = first.getLocalPort();
            peerPort = second.getLocalPort();
            metricsPort = third.getLocalPort();
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    static LocalEtcd start(boolean inMemory, @Nullable Tls tls, List<String> flags) {
        try {
            Path memory = Path.of("/dev/shm");
            Path folder = inMemory && Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "etcd")
                    : Files.createTempDirectory("etcd");
            var server = new LocalEtcd(folder, tls, flags);
            server.restart();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<String> command() {
        String peer = "http://127.0.0.1:" + peerPort;
        var command = new ArrayList<>(List.of(
                binary.toString(),
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + endpoint(),
                "--advertise-client-urls=" + endpoint(),
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--listen-metrics-urls=http://127.0.0.1:" + metricsPort,
                "--heartbeat-interval=50",
                "--election-timeout=500",
                "--logger=zap",
                "--log-level=warn"));
        if (tls != null) {
            command.addAll(List.of(
                    "--client-cert-auth",
                    "--trusted-ca-file=" + tls.ca(),
                    "--cert-file=" + tls.certificate(),
                    "--key-file=" + tls.key()));
        }
        command.addAll(flags);
        return command;
    }

    @Override
    public String endpoint() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String version() {
        return EtcdBinary.version(binary);
    }

    @Override
    public synchronized void restart() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("etcd is running");
        }
        Path log = folder.resolve("log");
        try {
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            awaitHealth(process, log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitHealth(Process started, Path log) throws IOException {
        for (Duration waited = Duration.ZERO; !healthy(); waited = waited.plus(BETWEEN_LOOKS)) {
            if (!started.isAlive() || waited.compareTo(PATIENCE) > 0) {
                kill();
                throw new IllegalStateException("etcd does not start: " + Files.readString(log));
            }
            try {
                SystemTime.instance().sleep(BETWEEN_LOOKS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }

    private boolean healthy() {
        try {
            var url = URI.create("http://127.0.0.1:" + metricsPort + "/health").toURL();
            var connection = (HttpURLConnection) url.openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(1_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    private synchronized void signal(String name) {
        if (process == null) {
            throw new IllegalStateException("etcd is not running");
        }
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill exited with " + exit);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void wipe() {
        delete(folder.resolve("data"));
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(atExit);
        delete(folder);
    }

    private static void delete(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
