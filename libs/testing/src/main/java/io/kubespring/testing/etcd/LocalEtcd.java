package io.kubespring.testing.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An etcd process of this machine. */
final class LocalEtcd implements EtcdServer {

    private final Path binary = EtcdBinary.find();
    private final Path folder;
    private final Setup setup;
    private final FreePorts ports;
    private final List<String> cluster;
    private final Probe probe;
    private final Thread atExit = new Thread(this::kill);
    private Process process;

    private LocalEtcd(Setup setup, FreePorts ports, List<String> cluster) throws IOException {
        Path memory = Path.of("/dev/shm");
        folder = setup.inMemory() && Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "etcd")
                : Files.createTempDirectory("etcd");
        this.setup = setup;
        this.ports = ports;
        this.cluster = cluster;
        probe = new Probe(ports.metrics());
        process = spawn();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Started; that it answers is another matter, where its cluster is not complete yet. */
    static LocalEtcd launch(Setup setup, FreePorts ports, List<String> cluster) {
        try {
            return new LocalEtcd(setup, ports, cluster);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Process spawn() throws IOException {
        return new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private List<String> command() {
        var command = new ArrayList<>(List.of(
                binary.toString(),
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + endpoint(),
                "--advertise-client-urls=" + endpoint(),
                "--listen-peer-urls=http://127.0.0.1:" + ports.peer(),
                "--listen-metrics-urls=http://127.0.0.1:" + ports.metrics()));
        command.addAll(cluster);
        Tls tls = setup.tls();
        if (tls != null) {
            command.addAll(List.of(
                    "--client-cert-auth",
                    "--trusted-ca-file=" + tls.ca(),
                    "--cert-file=" + tls.certificate(),
                    "--key-file=" + tls.key()));
        }
        command.addAll(setup.flags());
        return command;
    }

    @Override
    public String endpoint() {
        return setup.scheme() + "://127.0.0.1:" + ports.client();
    }

    @Override
    public int port() {
        return ports.client();
    }

    @Override
    public String version() {
        return EtcdBinary.version(binary);
    }

    @Override
    public boolean leads() {
        return probe.leads();
    }

    @Override
    public synchronized void restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("etcd is running");
        }
        try {
            process = spawn();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        awaitHealth();
    }

    synchronized void awaitHealth() {
        if (!probe.awaitHealth(process::isAlive)) {
            kill();
            try {
                throw new IllegalStateException("etcd does not start: " + Files.readString(log()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Override
    public synchronized void kill() {
        process.destroyForcibly();
        process.onExit().join();
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
