package io.kubespring.testing.etcd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.DockerImageName;

/** The image that members run, {@code KUBESPRING_ETCD_IMAGE} or the release below: etcd on the path, nothing else needed. */
final class EtcdImage {

    private static final Logger LOG = LoggerFactory.getLogger(EtcdImage.class);

    private static final String RELEASE = "quay.io/coreos/etcd:v3.6.5";

    private EtcdImage() {}

    /** Present where a Docker engine answers that has the image or can get it. */
    static Optional<DockerImageName> find() {
        if (!engineIsNamed() || !DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.empty();
        }
        try {
            return Optional.of(pull());
        } catch (RuntimeException unobtainable) {
            LOG.warn("No image of etcd to be had, so it runs as a process: {}", unobtainable.getMessage());
            return Optional.empty();
        }
    }

    /** @throws RuntimeException if the engine neither has it nor gets it */
    static DockerImageName pull() {
        String named = System.getenv("KUBESPRING_ETCD_IMAGE");
        var image = DockerImageName.parse(named == null || named.isEmpty() ? RELEASE : named);
        return DockerImageName.parse(new RemoteDockerImage(image).get());
    }

    /** Without this look, machines without Docker would pay for Testcontainers' search in every test run. */
    private static boolean engineIsNamed() {
        return System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".docker/run/docker.sock"));
    }
}
