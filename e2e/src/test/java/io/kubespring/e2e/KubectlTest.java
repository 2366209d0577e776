package io.kubespring.e2e;

import static io.kubespring.e2e.Cluster.apply;
import static io.kubespring.e2e.Cluster.eventually;
import static io.kubespring.e2e.Cluster.kubectl;
import static io.kubespring.e2e.Cluster.kubectlWithInput;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** A day with stock kubectl. The tests follow one another on one application. */
@Tag("host")
@ExtendWith(Cluster.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubectlTest {

    private static final String NS = "kubectl-day";

    @BeforeAll
    static void anApplication() {
        kubectl("create namespace " + NS).ok();
        apply(Manifests.web(NS));
        kubectl("-n " + NS + " rollout status deployment/web --timeout=120s").ok();
    }

    @AfterAll
    static void gone() {
        kubectl("delete namespace " + NS + " --timeout=120s").ok();
    }

    private static String ns(String line) {
        return kubectl("-n " + NS + " " + line).ok();
    }

    @Test
    @Order(1)
    void getInEveryForm() {
        assertThat(ns("get pods")).contains("NAME", "READY", "STATUS", "RESTARTS", "AGE", "1/1", "Running");
        assertThat(ns("get pods -o wide")).contains("NODE", "NOMINATED NODE", "READINESS GATES", "10.244.");
        assertThat(ns("get deployment web -o yaml")).contains("kind: Deployment", "readyReplicas: 3");
        assertThat(ns("get deployment web -o json")).contains("\"kind\": \"Deployment\"");
        assertThat(ns("get pods -o jsonpath={.items[*].status.phase}")).isEqualTo("Running Running Running");
        assertThat(ns("get pods -o custom-columns=N:.metadata.name,P:.status.phase"))
                .contains("Running");
        assertThat(ns("get all")).contains("deployment.apps/web", "replicaset.apps/web-", "service/web", "3/3");
        assertThat(ns("get svc web-node")).contains("NodePort", "80:30080/TCP");
    }

    @Test
    @Order(2)
    void describeTellsTheStory() {
        assertThat(ns("describe deployment web"))
                .contains("3 desired | 3 updated | 3 total | 3 available | 0 unavailable", "ScalingReplicaSet");
        assertThat(ns("describe pod -l app=web --show-events=true"))
                .contains("Successfully assigned", "Started container server");
        assertThat(kubectl("describe node").ok()).contains("Allocated resources", "Ready");
        assertThat(ns("events")).contains("SuccessfulCreate");
    }

    @Test
    @Order(3)
    void logsAndExec() {
        assertThat(ns("logs deployment/web")).contains("started");
        assertThat(ns("logs -l app=web --tail=1 --prefix")).contains("[pod/web-");
        assertThat(ns("exec deployment/web -- cat /config/page.txt /secret/password /work/init.txt"))
                .contains("from a config map")
                .contains("s3cret")
                .contains("prepared");
        assertThat(ns("exec deployment/web -- env"))
                .contains("GREETING=hello")
                .contains("PASSWORD=s3cret")
                .contains("POD_IP=10.244.")
                .contains("WEB_SERVICE_HOST=");
        assertThat(kubectlWithInput("piped in\n", "-n " + NS + " exec -i deployment/web -- cat")
                        .ok())
                .contains("piped in");
        assertThat(kubectl("-n " + NS + " exec deployment/web -- false").exit()).isEqualTo(1);
    }

    @Test
    @Order(3)
    void streamsFollowWhatHappens() {
        String printer = """
                apiVersion: v1
                kind: Pod
                metadata: {name: printer, namespace: %s}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                  - name: main
                    image: busybox:1
                    stdin: true
                    command: [sh, -c, "i=0; while true; do i=$((i+1)); echo line $i; sleep 0.2; done"]
                """.formatted(NS);
        apply(printer);
        ns("wait pod/printer --for=condition=Ready --timeout=60s");
        assertThat(forSeconds(3, "logs -f printer").split("line").length).isGreaterThan(8);
        assertThat(forSeconds(3, "attach printer").split("line").length).isGreaterThan(8);
        assertThat(ns("logs printer --tail=2").lines()).hasSize(2);
        assertThat(forSeconds(3, "get pods -w")).contains("printer");
        assertThat(terminal("exec -it printer -- tty").output()).contains("/dev/pts/");
        ns("delete pod printer --now");
    }

    /** What a command that does not end by itself has said after a while. */
    private static String forSeconds(int seconds, String line) {
        return Shell.run(
                        Cluster.ROOT,
                        "",
                        List.of("timeout", String.valueOf(seconds), "sh", "-c", Cluster.kubectlCommand(NS) + line))
                .output();
    }

    /** Runs a command at a terminal, as a person would. */
    private static Shell.Result terminal(String line) {
        return Shell.run(
                Cluster.ROOT,
                "",
                List.of("script", "--quiet", "--return", "--command", Cluster.kubectlCommand(NS) + line, "/dev/null"));
    }

    @Test
    @Order(4)
    void scaleLabelAnnotatePatch() {
        ns("scale deployment web --replicas=1");
        eventually("-n " + NS + " get deployment web", "1/1");
        ns("scale deployment web --replicas=3");
        ns("wait deployment/web --for=jsonpath={.status.readyReplicas}=3 --timeout=90s");
        ns("label deployment web tier=front");
        assertThat(ns("get deployments -l tier=front -o name")).contains("deployment.apps/web");
        ns("annotate deployment web note=kept");
        ns("patch deployment web -p {\"spec\":{\"minReadySeconds\":1}}");
        ns("patch deployment web --type=merge -p {\"spec\":{\"minReadySeconds\":0}}");
        ns("patch deployment web --type=json -p [{\"op\":\"remove\",\"path\":\"/metadata/annotations/note\"}]");
        assertThat(ns("get deployment web -o yaml")).doesNotContain("note: kept");
    }

    @Test
    @Order(5)
    void rolloutsGoForwardAndBack() {
        ns("set image deployment/web server=busybox:2");
        ns("rollout status deployment/web --timeout=120s");
        assertThat(ns("get deployment web -o jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("busybox:2");
        assertThat(ns("rollout history deployment/web")).contains("1", "2");
        ns("rollout undo deployment/web");
        ns("rollout status deployment/web --timeout=120s");
        assertThat(ns("get deployment web -o jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("busybox:1");
    }

    @Test
    @Order(6)
    void applyOnTheServerDiffAndEdit() {
        String changed = Manifests.web(NS).replace("replicas: 3", "replicas: 2");
        var diff = kubectlWithInput(changed, "diff -f -");
        assertThat(diff.exit()).isEqualTo(1);
        assertThat(diff.output()).contains("replicas: 2");
        kubectlWithInput(changed, "apply --server-side --force-conflicts -f -").ok();
        eventually("-n " + NS + " get deployment web", "2/2");
        Shell.run(
                        Cluster.ROOT,
                        "",
                        List.of(
                                "sh",
                                "-c",
                                "KUBE_EDITOR='sed -i s/replicas:.2/replicas:\\ 3/' " + Cluster.kubectlCommand(NS)
                                        + "edit deployment web"))
                .ok();
        eventually("-n " + NS + " get deployment web", "3/3");
        assertThat(ns("get deployment web -o yaml --show-managed-fields"))
                .contains("manager: kubectl", "operation: Apply");
    }

    @Test
    @Order(7)
    void badManifestsAreNamedNotSwallowed() {
        String pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: wrong, namespace: %s}
            spec:
              containers: [{name: a, image: b, imge: c}]
            """.formatted(NS);
        var unknown = kubectlWithInput(pod, "create -f -");
        assertThat(unknown.exit()).isNotZero();
        assertThat(unknown.output()).contains("unknown field \"spec.containers[0].imge\"");

        var invalid = kubectlWithInput(
                pod.replace("name: wrong", "name: X_y").replace("{name: a, image: b, imge: c}", ""), "create -f -");
        assertThat(invalid.output())
                .contains("is invalid", "metadata.name: Invalid value", "spec.containers: Required value");
        assertThat(kubectl("-n " + NS + " get pod nothing").output()).contains("pods \"nothing\" not found");
        assertThat(kubectl("top nodes").output()).containsIgnoringCase("Metrics API not available");
    }

    @Test
    @Order(8)
    void whatTheServerSaysOfItself() {
        assertThat(kubectl("version").ok()).contains("Server Version: v1.36");
        assertThat(kubectl("cluster-info").ok()).contains("is running at");
        assertThat(kubectl("api-resources").ok()).contains("deployments", "apps/v1", "endpointslices");
        assertThat(kubectl("explain pod.spec.containers").ok()).contains("FIELDS:", "livenessProbe");
        assertThat(kubectl("auth can-i create pods").ok()).contains("yes");
        assertThat(kubectl("auth can-i create pods --as=system:serviceaccount:default:default")
                        .output())
                .contains("no");
        assertThat(kubectl("auth whoami").ok()).contains("kubernetes-admin");
        assertThat(kubectl("-n " + NS + " create token default").ok().split("\\."))
                .hasSize(3);
    }

    @Test
    @Order(9)
    void deletingIsGracefulAndComplete() {
        ns("delete deployment web --timeout=60s");
        eventually("-n " + NS + " get pods", "No resources found");
    }

    @Test
    @Order(10)
    void theLogTellsOfNoDefect() throws IOException {
        assertThat(Files.readAllLines(Cluster.DATA.resolve("log").resolve("kubespring.log")))
                .noneMatch(line -> line.contains("onErrorDropped"))
                .noneMatch(line -> line.contains("ClassCastException") || line.contains("NullPointerException"));
    }
}
