package io.kubespring.e2e;

import static io.kubespring.e2e.Cluster.apply;
import static io.kubespring.e2e.Cluster.kubectl;
import static io.kubespring.e2e.Cluster.kubespring;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The process dies without warning: objects, containers and names must be there when it comes back. */
@Tag("host")
@ExtendWith(Cluster.class)
class RestartTest {

    private static final String NS = "restart";

    @BeforeAll
    static void anApplication() {
        kubectl("create namespace " + NS).ok();
        apply(Manifests.web(NS).replace("nodePort: 30080", "nodePort: 30082"));
        kubectl("-n " + NS + " rollout status deployment/web --timeout=120s").ok();
    }

    @AfterAll
    static void gone() {
        kubectl("delete namespace " + NS + " --timeout=120s").ok();
    }

    private static String containers() {
        return kubectl(
                        "-n " + NS
                                + " get pods -l app=web --sort-by=.metadata.name -o"
                                + " jsonpath={range.items[*]}{.metadata.name}={.status.containerStatuses[0].containerID}/{.status.containerStatuses[0].restartCount};{end}")
                .ok();
    }

    private static void kill() throws Exception {
        String pid = Files.readString(Cluster.RUN.resolve("kubespring.pid"));
        Shell.run(Cluster.ROOT, "", List.of("kill", "-9", pid)).ok();
    }

    @Test
    void nothingAcknowledgedIsLostAndContainersAreAdopted() throws Exception {
        String before = containers();
        for (int i = 0; i < 20; i++) {
            kubectl("-n " + NS + " create configmap kept-" + i + " --from-literal=n=" + i)
                    .ok();
        }
        kill();
        Cluster.start().ok();

        String maps = kubectl("-n " + NS + " get configmaps -o name").ok();
        for (int i = 0; i < 20; i++) {
            assertThat(maps).contains("kept-" + i + "\n");
        }
        kubectl("-n " + NS + " rollout status deployment/web --timeout=60s").ok();
        assertThat(containers()).isEqualTo(before);
    }

    @Test
    void whatDiedMeanwhileIsHealed() throws Exception {
        String victim = kubectl("-n " + NS
                        + " get pods -l app=web -o jsonpath={.items[0].status.containerStatuses[0].containerID}")
                .ok()
                .replace("containerd://", "");
        kill();
        Shell.run(
                        Cluster.ROOT,
                        "",
                        List.of(
                                "ctr",
                                "--address",
                                Cluster.RUN
                                        .resolve("containerd/containerd.sock")
                                        .toString(),
                                "--namespace",
                                "k8s.io",
                                "tasks",
                                "kill",
                                "--signal",
                                "SIGKILL",
                                victim))
                .ok();
        Cluster.start().ok();
        Shell.eventually(
                Duration.ofSeconds(60),
                () -> new Shell.Result(0, containers()),
                result -> !result.output().contains(victim));
        kubectl("-n " + NS + " rollout status deployment/web --timeout=60s").ok();
        Cluster.eventually("-n " + NS + " get deployment web", "3/3");
    }

    @Test
    void upAgainIsHarmless() {
        assertThat(kubespring("up").ok()).contains("is up already");
        assertThat(kubespring("status").ok()).contains("process");
    }
}
