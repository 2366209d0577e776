package io.kubespring.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.gateway.Kubectl;
import io.kubespring.gateway.RunningApiServer;
import io.kubespring.gateway.RunningGateway;
import io.kubespring.gateway.TestClient;
import io.kubespring.service.pki.ClusterPki;
import io.kubespring.testing.await.Eventually;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One API server seen through the gateway, as a client sees it. */
class GatewayTest {

    private static Path pki;
    private static Path strangers;
    private static RunningApiServer server;
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = new RunningApiServer(directory, Map.of());
        gateway =
                new RunningGateway(directory, List.of(server.url()), Map.of("max-request-body-bytes", 100_000)).ready();
        pki = directory.resolve("pki");
        strangers = directory.resolve("strangers");
        new ClusterPki(strangers, Instant.now()).client("admin", "kubernetes-admin", "system:masters");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    private static TestClient certified(String name) {
        return TestClient.certified(gateway.url(), pki, pki.resolve(name + ".crt"));
    }

    private static TestClient plain() {
        return TestClient.http11(gateway.url(), pki);
    }

    private static List<String> groups(JsonNode user) {
        return user.path("groups").valueStream().map(JsonNode::stringValue).toList();
    }

    @Test
    void certificateKeepsItsIdentity() {
        JsonNode alice = certified("alice").whoAmI();
        JsonNode directly = TestClient.certified(server.url(), pki, pki.resolve("alice.crt"))
                .whoAmI();

        assertThat(alice).isEqualTo(directly);
        assertThat(alice.path("username").stringValue()).isEqualTo("alice");
        assertThat(groups(alice)).containsExactly("dev", "system:authenticated");
    }

    @Test
    void tokenKeepsItsIdentityOverBothProtocols() {
        assertThat(plain().token(RunningApiServer.USER_TOKEN)
                        .whoAmI()
                        .path("username")
                        .stringValue())
                .isEqualTo("bob");
        assertThat(TestClient.http2(gateway.url(), pki)
                        .token(RunningApiServer.USER_TOKEN)
                        .whoAmI()
                        .path("username")
                        .stringValue())
                .isEqualTo("bob");
        assertThat(plain().token("no-such-token").get("/api/v1/pods").status()).isEqualTo(401);
    }

    @Test
    void nobodyCanNameThemselves() {
        for (String spelling : List.of("X-Remote-User", "x-remote-user", "X_Remote_User", "X-REMOTE_USER")) {
            String group = spelling.replaceFirst("(?i)user$", "Group");
            assertThat(certified("alice")
                            .with(spelling, "kubernetes-admin")
                            .with(group, "system:masters")
                            .whoAmI())
                    .isEqualTo(certified("alice").whoAmI());
            assertThat(plain().with(spelling, "kubernetes-admin")
                            .with(group, "system:masters")
                            .get("/api/v1/secrets")
                            .json()
                            .path("message")
                            .stringValue())
                    .contains("system:anonymous");
            assertThat(plain().token(RunningApiServer.USER_TOKEN)
                            .with(spelling, "kubernetes-admin")
                            .with("Connection", spelling)
                            .whoAmI()
                            .path("username")
                            .stringValue())
                    .isEqualTo("bob");
        }
        assertThat(certified("alice")
                        .with("X-Remote-Extra-Scopes", "all")
                        .with("X-Remote-Uid", "0")
                        .whoAmI())
                .isEqualTo(certified("alice").whoAmI());
    }

    @Test
    void identitiesDoNotMixOnPooledConnections() {
        for (int round = 0; round < 3; round++) {
            assertThat(certified("admin").get("/api/v1/secrets").status()).isEqualTo(200);
            assertThat(certified("alice").get("/api/v1/secrets").status()).isEqualTo(403);
            assertThat(plain().get("/api/v1/secrets").status()).isEqualTo(403);
            assertThat(plain().token(RunningApiServer.ADMIN_TOKEN)
                            .get("/api/v1/secrets")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void certificateOfAnotherAuthorityIsNoIdentity() {
        TestClient stranger = TestClient.certified(gateway.url(), pki, strangers.resolve("admin.crt"));

        TestClient.Reply reply = stranger.get("/version");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("reason").stringValue()).isEqualTo("Unauthorized");
        assertThat(stranger.token(RunningApiServer.USER_TOKEN)
                        .whoAmI()
                        .path("username")
                        .stringValue())
                .isEqualTo("bob");
    }

    @Test
    void impersonationIsTheApiServersToGrant() {
        assertThat(certified("admin")
                        .with("Impersonate-User", "carol")
                        .whoAmI()
                        .path("username")
                        .stringValue())
                .isEqualTo("carol");
        assertThat(certified("alice")
                        .with("Impersonate-User", "carol")
                        .whoAmI()
                        .path("message")
                        .stringValue())
                .contains("cannot impersonate resource \"users\"");
    }

    @Test
    void eventsArriveAtOnce() {
        var seen = new CopyOnWriteArrayList<String>();
        TestClient admin = certified("admin");
        var watch = admin.stream("/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=60")
                .subscribe(seen::add);
        try {
            for (int i = 0; i < 3; i++) {
                String name = "watched-" + i;
                assertThat(admin.post(
                                        "/api/v1/namespaces/default/configmaps",
                                        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + name + "'}}")
                                .status())
                        .isEqualTo(201);
                Eventually.eventually(() -> String.join("", seen).contains("\"name\":\"" + name + "\""));
            }
        } finally {
            watch.dispose();
        }
    }

    /** Whatever a path is taken for, it is the same with and without the gateway. */
    @Test
    void pathTricksMeanWhatTheyMeanToTheApiServer() {
        List<String> tricks = List.of(
                "/api/v1/namespaces/default/../kube-system/secrets",
                "/api/v1/namespaces/default/%2e%2e/kube-system/secrets",
                "/api/v1/namespaces/default/..%2fkube-system%2fsecrets",
                "/api/v1/namespaces/default%2f..%2fkube-system/secrets",
                "/api/v1/namespaces/default/%252e%252e/kube-system/secrets",
                "/version/../api/v1/secrets",
                "/version/..%2f..%2fapi/v1/secrets",
                "/version%2f..%2f..%2fapi/v1/secrets",
                "//api/v1/secrets",
                "/api//v1/secrets",
                "/api/v1/secrets/",
                "/api/v1/secrets;a=b",
                "/api/v1/secrets%00",
                "/api/v1/secrets%20",
                "/api/v1/%73ecrets",
                "/%61pi/v1/secrets",
                "/healthz/../api/v1/secrets",
                "/api/v1/namespaces/default/configmaps?limit=1&limit=%zz",
                "/api/v1|secrets",
                "/api\\v1\\secrets",
                "/%5capi%5cv1%5csecrets");
        for (String trick : tricks) {
            TestClient.Reply through =
                    plain().token(RunningApiServer.USER_TOKEN).get(trick);
            TestClient.Reply directly = TestClient.http11(server.url(), pki)
                    .token(RunningApiServer.USER_TOKEN)
                    .get(trick);
            assertThat(through.status()).as(trick).isEqualTo(directly.status()).isNotEqualTo(200);
            assertThat(through.text()).as(trick).isEqualTo(directly.text());
        }
    }

    @Test
    void kubectlWorksThroughIt(@TempDir Path directory) throws Exception {
        Path kubeconfig = directory.resolve("kubeconfig");
        new ClusterPki(pki, Instant.now()).kubeconfig(kubeconfig, gateway.url(), "kubernetes-admin", "system:masters");
        var kubectl = new Kubectl(kubeconfig);
        Assumptions.assumeTrue(kubectl.installed(), "no kubectl on the PATH");

        assertThat(kubectl.run("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"))
                .isEqualTo("kubernetes-admin");
        kubectl.run("create", "namespace", "through");
        kubectl.run("create", "configmap", "-n", "through", "settings", "--from-literal=a=b");
        assertThat(kubectl.run("get", "configmap", "-n", "through", "settings", "-o", "jsonpath={.data.a}"))
                .isEqualTo("b");
        assertThat(kubectl.run("explain", "pod.spec.hostNetwork")).contains("FIELD: hostNetwork");
        assertThat(kubectl.run("get", "--raw", "/readyz")).isEqualTo("ok");
        kubectl.run("delete", "namespace", "through", "--wait=false");
    }

    @Test
    void bodyThatIsTooLongIsRefusedDeclaredOrNot() {
        TestClient admin = certified("admin");
        byte[] body = new byte[200_000];

        assertThat(admin.with("content-length", "200000")
                        .call("POST", "/api/v1/namespaces/default/configmaps", body)
                        .status())
                .isEqualTo(413);
        TestClient.Reply streamed = admin.call("POST", "/api/v1/namespaces/default/configmaps", body);
        assertThat(streamed.status()).isEqualTo(413);
        assertThat(streamed.json().path("reason").stringValue()).isEqualTo("RequestEntityTooLarge");
    }

    @Test
    void healthOfTheClusterAndOfTheGatewayAreTwoThings() {
        assertThat(plain().get("/readyz").text()).isEqualTo("ok");
        assertThat(plain().get("/metrics").status()).isEqualTo(403);
        assertThat(gateway.management().get("/readyz").body()).contains("UP");
        assertThat(gateway.management().get("/livez").statusCode()).isEqualTo(200);
        assertThat(gateway.management().get("/metrics").body()).contains("jvm_memory_used_bytes");
    }
}
