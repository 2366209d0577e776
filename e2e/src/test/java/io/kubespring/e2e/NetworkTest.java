package io.kubespring.e2e;

import static io.kubespring.e2e.Cluster.apply;
import static io.kubespring.e2e.Cluster.inPod;
import static io.kubespring.e2e.Cluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services, names and the API as they look from inside a Pod. */
@Tag("host")
@ExtendWith(Cluster.class)
class NetworkTest {

    private static final String NS = "network";

    @BeforeAll
    static void anApplicationAndAClient() {
        kubectl("create namespace " + NS).ok();
        apply(Manifests.web(NS).replace("nodePort: 30080", "nodePort: 30081"));
        apply(Manifests.client(NS));
        kubectl("-n " + NS + " rollout status deployment/web --timeout=120s").ok();
        kubectl("-n " + NS + " wait pod/client --for=condition=Ready --timeout=60s")
                .ok();
    }

    @AfterAll
    static void gone() {
        kubectl("delete namespace " + NS + " --timeout=120s").ok();
    }

    private static String eventually(String script, String expected) {
        return Shell.eventually(
                Duration.ofSeconds(30),
                () -> inPod(NS, "client", script),
                result -> result.output().contains(expected));
    }

    private static String field(String line) {
        return kubectl("-n " + NS + " get " + line).ok().strip();
    }

    @Test
    void theServiceAnswersByAddressAndByEveryForm() {
        String ip = field("svc web -o jsonpath={.spec.clusterIP}");
        for (String host :
                new String[] {ip, "web", "web." + NS, "web." + NS + ".svc", "web." + NS + ".svc.cluster.local"}) {
            eventually("/bin/wget -q -O - http://" + host + "/", "web-");
        }
    }

    @Test
    void theNodePortAnswersOnTheNode() {
        String node = kubectl("get nodes -o jsonpath={.items[0].status.addresses[0].address}")
                .ok()
                .strip();
        eventually("/bin/wget -q -O - http://" + node + ":30081/", "web-");
        String fromHost = Shell.run(
                        Cluster.ROOT, "", List.of("busybox", "wget", "-q", "-O", "-", "http://127.0.0.1:30081/"))
                .ok();
        assertThat(fromHost).contains("web-");
    }

    @Test
    void aHeadlessServiceGivesThePodsAddresses() {
        String[] pods =
                field("pods -l app=web -o jsonpath={.items[*].status.podIP}").split(" ");
        String answer = eventually("nslookup web-headless." + NS + ".svc.cluster.local", pods[0]);
        assertThat(answer).contains(pods);
    }

    @Test
    void portsHaveServiceRecords() {
        eventually("nslookup -type=srv _http._tcp.web." + NS + ".svc.cluster.local", "80 web." + NS);
    }

    @Test
    void theApiAnswersTheMountedToken() {
        assertThat(inPod(NS, "client", "cat /var/run/secrets/kubernetes.io/serviceaccount/namespace")
                        .ok())
                .isEqualTo(NS);
        String api = "https://kubernetes.default.svc/api/v1/namespaces/" + NS + "/pods";
        kubectl("-n " + NS + " create rolebinding viewer --clusterrole=view --serviceaccount=" + NS + ":default")
                .ok();
        String token = inPod(NS, "client", "cat /var/run/secrets/kubernetes.io/serviceaccount/token")
                .ok();
        assertThat(token.split("\\.")).hasSize(3);
        String account = "/var/run/secrets/kubernetes.io/serviceaccount";
        eventually(
                "/usr/bin/curl -sS --cacert " + account + "/ca.crt -H \"Authorization: Bearer $(cat " + account
                        + "/token)\" " + api,
                "\"kind\": \"PodList\"");
        assertThat(inPod(NS, "client", "/usr/bin/curl -sS --cacert " + account + "/ca.crt " + api)
                        .output())
                .contains("system:anonymous")
                .containsPattern("\"code\": ?403");
    }

    @Test
    void serviceAndPodAddressesThatNothingAnswersAreRefusedAtOnce() {
        for (String nothing : new String[] {"10.96.255.254", "10.244.200.9"}) {
            var answer = inPod(NS, "client", "/bin/wget -q -O - http://" + nothing + "/ 2>&1; echo done");
            assertThat(answer.output()).containsAnyOf("refused", "unreachable", "No route to host");
        }
    }

    @Test
    void namesOutsideTheClusterAreForwarded() {
        eventually("nslookup www.example.com.", OutsideDns.ADDRESS);
    }

    @Test
    void packetsForAddressesOfTheClusterNeverLeaveByTheUplink() {
        String world = System.getenv("KUBESPRING_WORLD");
        assertThat(world)
                .as("network namespace beyond the uplink, made by e2e/run")
                .isNotNull();
        List<String> enter = List.of("nsenter", "--net=/run/netns/" + world, "iptables", "-t", "raw");
        Shell.run(Cluster.ROOT, "", with(enter, "-A", "PREROUTING", "-d", "10.0.0.0/8"))
                .ok();

        for (String nothing : new String[] {"10.96.255.253", "10.244.0.253", "10.244.201.9"}) {
            inPod(NS, "client", "/bin/wget -q -O - http://" + nothing + "/");
            Shell.run(Cluster.ROOT, "", List.of("curl", "-s", "-m", "2", "http://" + nothing + "/"));
        }
        String counters =
                Shell.run(Cluster.ROOT, "", with(enter, "-vnxL", "PREROUTING")).ok();
        assertThat(counters).containsPattern("\\n +0 +0 .* 10\\.0\\.0\\.0/8");
    }

    private static List<String> with(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toList();
    }
}
