package io.kubespring.testing.etcd;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * An etcd in a container. Its ports are bound to fixed ones of this machine, which it keeps when it is killed and started
 * again; so are its data, which live in the container until that is removed.
 */
final class DockerEtcd implements EtcdServer {

    static final int PEER_PORT = 2380;
    private static final int CLIENT_PORT = 2379;
    private static final int METRICS_PORT = 2381;
    private static final String DATA = "/etcd-data";

    private final DockerClient docker = DockerClientFactory.lazyClient();
    private final DockerImageName image;
    private final Setup setup;
    private final Network network;
    private final String name;
    private final List<String> cluster;
    private final FreePorts ports = FreePorts.take();
    private final Probe probe = new Probe(ports.metrics());
    private GenericContainer<?> container;

    private DockerEtcd(DockerImageName image, Setup setup, Network network, String name, List<String> cluster) {
        this.image = image;
        this.setup = setup;
        this.network = network;
        this.name = name;
        this.cluster = cluster;
        container = create();
    }

    static DockerEtcd launch(DockerImageName image, Setup setup, Network network, String name, List<String> cluster) {
        return new DockerEtcd(image, setup, network, name, cluster);
    }

    private GenericContainer<?> create() {
        var made = new GenericContainer<>(image)
                .withNetwork(network)
                .withNetworkAliases(name)
                .withCommand(command().toArray(String[]::new))
                .withCreateContainerCmdModifier(this::bindPorts)
                .waitingFor(new NoWait());
        Tls tls = setup.tls();
        if (tls != null) {
            made.withCopyFileToContainer(readable(tls.ca()), "/tls/ca.crt")
                    .withCopyFileToContainer(readable(tls.certificate()), "/tls/tls.crt")
                    .withCopyFileToContainer(readable(tls.key()), "/tls/tls.key");
        }
        if (setup.inMemory()) {
            made.withTmpFs(Map.of(DATA, "rw"));
        }
        made.start();
        return made;
    }

    private static MountableFile readable(Path file) {
        return MountableFile.forHostPath(file, 0644);
    }

    private void bindPorts(CreateContainerCmd command) {
        command.withExposedPorts(ExposedPort.tcp(CLIENT_PORT), ExposedPort.tcp(METRICS_PORT));
        HostConfig host = Objects.requireNonNull(command.getHostConfig(), "host configuration");
        host.withPortBindings(bind(ports.client(), CLIENT_PORT), bind(ports.metrics(), METRICS_PORT));
    }

    private static PortBinding bind(int here, int inside) {
        return new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", here), ExposedPort.tcp(inside));
    }

    private List<String> command() {
        String scheme = setup.scheme();
        var command = new ArrayList<>(List.of(
                "etcd",
                "--data-dir=" + DATA,
                "--listen-client-urls=" + scheme + "://0.0.0.0:" + CLIENT_PORT,
                "--advertise-client-urls=" + endpoint(),
                "--listen-peer-urls=http://0.0.0.0:" + PEER_PORT,
                "--listen-metrics-urls=http://0.0.0.0:" + METRICS_PORT));
        command.addAll(cluster);
        if (setup.tls() != null) {
            command.addAll(List.of(
                    "--client-cert-auth",
                    "--trusted-ca-file=/tls/ca.crt",
                    "--cert-file=/tls/tls.crt",
                    "--key-file=/tls/tls.key"));
        }
        command.addAll(setup.flags());
        return command;
    }

    /** Members of a cluster answer only when most of them are there, so that is waited for afterwards. */
    private static final class NoWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }

    void awaitHealth() {
        if (!probe.awaitHealth(container::isRunning)) {
            throw new IllegalStateException("etcd does not start: " + container.getLogs());
        }
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
        try {
            return EtcdBinary.version(
                    container.execInContainer("etcd", "--version").getStdout());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public boolean leads() {
        return probe.leads();
    }

    @Override
    public void kill() {
        docker.killContainerCmd(container.getContainerId()).exec();
        docker.waitContainerCmd(container.getContainerId()).start().awaitStatusCode();
    }

    @Override
    public void pause() {
        docker.pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        docker.unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void restart() {
        if (container.getContainerId() == null) {
            container = create();
        } else {
            docker.startContainerCmd(container.getContainerId()).exec();
        }
        awaitHealth();
    }

    @Override
    public void wipe() {
        container.stop();
    }

    /** The network goes with whichever member of it is the last to go. */
    @Override
    public void close() {
        container.stop();
        if (docker.inspectNetworkCmd()
                .withNetworkId(network.getId())
                .exec()
                .getContainers()
                .isEmpty()) {
            network.close();
        }
    }
}
