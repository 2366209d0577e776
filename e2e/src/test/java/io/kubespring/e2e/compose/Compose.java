package io.kubespring.e2e.compose;

import io.kubespring.e2e.Cluster;
import io.kubespring.e2e.Shell;
import io.kubespring.node.image.BusyboxImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The services of docker-compose.yml as one who runs them sees them: Docker's command line, and kubectl through the gateway. */
final class Compose {

    private static final Path WORK =
            Path.of(Objects.requireNonNull(System.getenv("KUBESPRING_WORK"), "KUBESPRING_WORK"));
    private static final Path ADMIN = WORK.resolve("admin.conf");

    private Compose() {}

    /** {@code docker compose up --wait}, with an image for containers in every node's reach. */
    static void up() throws IOException {
        BusyboxImage.writeTo(
                Path.of(System.getenv("IMAGES")).resolve("busybox.tar"),
                Path.of("/bin/busybox"),
                "docker.io/library/busybox:1");
        compose("up", "-d", "--no-build", "--wait", "--wait-timeout", "280").ok();
        compose("cp", "pki:/etc/kubespring/admin/admin.conf", ADMIN.toString()).ok();
    }

    static Shell.Result compose(String... arguments) {
        return docker("compose", arguments);
    }

    static Shell.Result docker(String first, String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", first));
        command.addAll(List.of(arguments));
        return Shell.run(Cluster.ROOT, "", command);
    }

    /** Ends a service's process as nothing in it can notice, and waits until Docker has started it again and finds it healthy. */
    static void kill(String service) {
        String container = compose("ps", "-q", service).ok().strip();
        String pid =
                docker("inspect", "--format", "{{.State.Pid}}", container).ok().strip();
        Shell.run(Cluster.ROOT, "", List.of("kill", "-9", pid)).ok();
        Shell.eventually(
                Duration.ofMinutes(3),
                () -> docker("inspect", "--format", "{{.State.Pid}} {{.State.Health.Status}}", container),
                state -> state.output().strip().endsWith(" healthy")
                        && !state.output().startsWith(pid + " "));
    }

    /** Stock kubectl; the gateway is reached at the address that its port is published at. */
    static Shell.Result kubectl(String... arguments) {
        return kubectlWithInput("", arguments);
    }

    static Shell.Result kubectlWithInput(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", ADMIN.toString()));
        command.addAll(List.of(arguments));
        return Shell.run(Cluster.ROOT, input, command);
    }

    static String eventually(String expected, String... arguments) {
        return Shell.eventually(
                Duration.ofMinutes(2),
                () -> kubectl(arguments),
                result -> result.output().contains(expected));
    }

    static String inPod(String pod, String script) {
        return Shell.eventually(
                Duration.ofMinutes(1),
                () -> kubectl("exec", pod, "--", "sh", "-c", script),
                result -> result.exit() == 0);
    }
}
