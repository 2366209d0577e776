package io.kubespring.e2e;

import io.kubespring.node.image.BusyboxImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The one cluster that all end-to-end tests share, brought up by the first that needs it; the runner resets it. */
public final class Cluster implements BeforeAllCallback {

    public static final Path ROOT = root();
    static final Path DATA = Path.of(System.getenv().getOrDefault("KUBESPRING_DATA", "/var/lib/kubespring"));

    static final Path RUN = Path.of(System.getenv().getOrDefault("KUBESPRING_RUN", "/run/kubespring"));

    private static boolean up;
    private static Path resolvConf = Path.of("/etc/resolv.conf");

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("kubespring"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ensureUp();
    }

    static synchronized void ensureUp() {
        if (up) {
            return;
        }
        try {
            Files.createDirectories(DATA.resolve("images"));
            BusyboxImage.writeTo(
                    DATA.resolve("images").resolve("busybox.tar"),
                    Path.of("/bin/busybox"),
                    "docker.io/library/busybox:1",
                    "docker.io/library/busybox:2");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        resolvConf = OutsideDns.start(DATA.resolveSibling("outside"));
        start().ok();
        up = true;
    }

    /** {@code ./kubespring up}, as the first time. */
    static Shell.Result start() {
        return kubespring("up", "--resolv-conf=" + resolvConf);
    }

    static Shell.Result kubespring(String... arguments) {
        List<String> command = new ArrayList<>(List.of("./kubespring"));
        command.addAll(List.of(arguments));
        return Shell.run(ROOT, "", command);
    }

    /** The beginning of a kubectl command for a shell. */
    static String kubectlCommand(String namespace) {
        return "kubectl --kubeconfig " + DATA.resolve("admin.conf") + " -n " + namespace + " ";
    }

    /** Forgets the cluster after a reset; the next test that needs one brings it up again. */
    static synchronized void forget() {
        up = false;
    }

    /** Stock kubectl, with the arguments as they would be typed (separated by single spaces). */
    static Shell.Result kubectl(String line) {
        return kubectlWithInput("", line);
    }

    static Shell.Result kubectlWithInput(String input, String line) {
        List<String> command = new ArrayList<>(
                List.of("kubectl", "--kubeconfig", DATA.resolve("admin.conf").toString()));
        command.addAll(List.of(line.split(" ")));
        return Shell.run(ROOT, input, command);
    }

    /** Runs a line of shell inside a container. */
    static Shell.Result inPod(String namespace, String pod, String script) {
        return Shell.run(
                ROOT,
                "",
                List.of(
                        "kubectl",
                        "--kubeconfig",
                        DATA.resolve("admin.conf").toString(),
                        "exec",
                        "-n",
                        namespace,
                        pod,
                        "--",
                        "sh",
                        "-c",
                        script));
    }

    static String apply(String manifest) {
        return kubectlWithInput(manifest, "apply -f -").ok();
    }

    static String eventually(String line, String expected) {
        return Shell.eventually(
                Duration.ofSeconds(90),
                () -> kubectl(line),
                result -> result.output().contains(expected));
    }
}
