package io.kubespring.e2e;

import static io.kubespring.e2e.Cluster.apply;
import static io.kubespring.e2e.Cluster.kubectl;
import static io.kubespring.e2e.Cluster.kubespring;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After a reset the machine is as it was; and a new cluster starts from nothing. */
@Tag("host")
@ExtendWith(Cluster.class)
class ResetTest {

    private static String run(String... command) {
        return Shell.run(Cluster.ROOT, "", List.of(command)).output();
    }

    @Test
    void everythingIsUndone() throws Exception {
        apply(Manifests.web("default"));
        kubectl("rollout status deployment/web --timeout=120s").ok();
        assertThat(run("iptables-save")).contains("KUBE-SERVICES");

        kubespring("reset").ok();
        Cluster.forget();

        assertThat(run("iptables-save")).doesNotContain("KUBE-").doesNotContain("CNI-");
        assertThat(run("ip", "link")).doesNotContain("cni0").doesNotContain("veth");
        assertThat(run("ip", "route")).doesNotContain("unreachable").doesNotContain("10.244.");
        assertThat(run("ps", "-ef")).doesNotContain(Cluster.RUN.toString());
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(Cluster.RUN.toString());
        assertThat(Cluster.DATA).doesNotExist();
        assertThat(Cluster.RUN).doesNotExist();

        Cluster.ensureUp();
        assertThat(kubectl("get deployments -A").output()).contains("No resources found");
    }
}
