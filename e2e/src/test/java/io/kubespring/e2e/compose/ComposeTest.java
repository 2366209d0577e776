package io.kubespring.e2e.compose;

import static io.kubespring.e2e.compose.Compose.compose;
import static io.kubespring.e2e.compose.Compose.eventually;
import static io.kubespring.e2e.compose.Compose.inPod;
import static io.kubespring.e2e.compose.Compose.kubectl;
import static io.kubespring.e2e.compose.Compose.kubectlWithInput;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Every component as a service of its own, on two nodes. The tests follow one another. */
@Tag("compose")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeTest {

    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 4
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 1
                  topologySpreadConstraints:
                  - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}
                  containers:
                  - name: web
                    image: busybox:1
                    command: [sh, -c, "mkdir /www; hostname > /www/index.html; exec httpd -f -p 80 -h /www"]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{port: 80}]}
            """;

    @BeforeAll
    static void up() throws IOException {
        Compose.up();
    }

    private static List<String> pods(String path) {
        return List.of(kubectl("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*]." + path + "}")
                .ok()
                .split(" "));
    }

    @Test
    @Order(1)
    void twoNodesAreReadyBehindTheGateway() {
        for (String node : List.of("node-1", "node-2")) {
            kubectl("wait", "--for=condition=Ready", "node/" + node, "--timeout=120s")
                    .ok();
        }
        assertThat(kubectl("auth", "whoami").ok()).contains("kubernetes-admin", "system:masters");
    }

    @Test
    @Order(2)
    void podsOfBothNodesReachEachOtherTheirServiceAndNames() {
        kubectlWithInput(WEB, "apply", "-f", "-").ok();
        kubectl("rollout", "status", "deployment/web", "--timeout=120s").ok();
        assertThat(new TreeSet<>(pods("spec.nodeName"))).containsExactly("node-1", "node-2");
        List<String> names = pods("metadata.name");
        List<String> addresses = pods("status.podIP");
        for (int i = 0; i < names.size(); i++) {
            assertThat(inPod(names.getFirst(), "wget -qO- http://" + addresses.get(i)))
                    .contains(names.get(i));
        }
        assertThat(inPod(names.getLast(), "for i in $(seq 20); do wget -qO- http://web.default.svc.cluster.local; done")
                        .lines()
                        .distinct())
                .hasSizeGreaterThan(1)
                .allMatch(names::contains);
        assertThat(kubectl("logs", names.getFirst()).exit()).isZero();
    }

    @Test
    @Order(3)
    void killedServicesComeBackPodsDoNotNoticeAndNothingAcknowledgedIsLost() throws InterruptedException {
        List<String> acknowledged = new CopyOnWriteArrayList<>();
        var over = new AtomicBoolean();
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; !over.get(); i++) {
                String name = "kept-" + i;
                if (kubectl("create", "configmap", name, "--from-literal=n=" + i, "--request-timeout=20s")
                                .exit()
                        == 0) {
                    acknowledged.add(name);
                }
            }
        });
        List<String> services = List.of(
                "etcd",
                "apiserver",
                "controller-manager",
                "scheduler",
                "gateway",
                "dns",
                "node-1-containerd",
                "node-1-kubelet",
                "node-1-flannel",
                "node-1-kube-proxy");
        services.forEach(Compose::kill);
        over.set(true);
        writer.join();
        kubectl("wait", "--for=condition=Ready", "node/node-1", "--timeout=120s")
                .ok();
        assertThat(acknowledged).isNotEmpty();
        assertThat(kubectl("get", "configmaps", "-o", "name").ok().lines().map(line -> line.replace("configmap/", "")))
                .containsAll(acknowledged);
        assertThat(pods("status.containerStatuses[0].restartCount")).containsOnly("0");
        kubectl("rollout", "restart", "deployment/web").ok();
        kubectl("rollout", "status", "deployment/web", "--timeout=120s").ok();
        assertThat(inPod("deployment/web", "wget -qO- http://web.default.svc.cluster.local"))
                .startsWith("web-");
    }

    @Test
    @Order(4)
    void everythingIsSaidToBeWell() {
        eventually("True", "get", "nodes", "-o", "jsonpath={.items[0].status.conditions[?(@.type=='Ready')].status}");
        assertThat(compose("ps", "--format", "{{.Service}} {{.Status}}").ok())
                .doesNotContain("unhealthy", "Restarting");
    }
}
