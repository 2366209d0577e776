package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.kinds.Covers;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that leave HTTP, seen byte by byte: a client, the server, a kubelet, over real TLS. */
class UpgradeTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String SPDY = "Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n";
    private static final String AS_ADMIN = "Authorization: Bearer " + RunningServer.TOKEN + "\r\n";

    /** What a client sends, and how much of it sockets take without a reader. */
    private static final long OFFERED = 32 << 20;

    private static final long FIRST = 64 << 10;

    @TempDir
    static Path directory;

    private static RunningServer server;
    private static RawKubelet kubelet;

    @BeforeAll
    static void start() {
        var pki = RunningServer.pkiIn(directory.resolve("pki"));
        pki.client("kubelet-client", "kube-apiserver-kubelet-client", "system:masters");
        kubelet = new RawKubelet(pki);
        server = new RunningServer(directory, Clusters.kubeletFlags(pki));
        Clusters.node(server, "n1", kubelet.port());
        Clusters.boundPod(server, "web", "n1", "'containers':[{'name':'c','image':'i'}]");
        Clusters.pod(server, "waiting", "'containers':[{'name':'c','image':'i'}]");
    }

    @BeforeEach
    void asUsual() {
        kubelet.heads.clear();
        kubelet.connections.clear();
        kubelet.received.set(0);
        kubelet.reading.set(true);
        kubelet.echo = true;
        kubelet.answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n";
    }

    @AfterAll
    static void stop() {
        server.close();
        kubelet.close();
    }

    private static RawConnection connect() {
        return RawConnection.to(server.port(), server.pki.resolve("ca.crt"));
    }

    private static RawConnection ask(String method, String path, String headers) {
        return connect().send(method + " " + path + " HTTP/1.1\r\nHost: api.example\r\n" + headers + "\r\n");
    }

    private static String message(RawConnection client) {
        String head = client.head();
        assertThat(head).startsWith("HTTP/1.1 4");
        int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        return Json.readObject(client.bytes(length)).path("message").asString();
    }

    private static String headAtKubelet() throws InterruptedException {
        return Objects.requireNonNull(kubelet.heads.poll(20, TimeUnit.SECONDS), "nothing came");
    }

    @Test
    @Covers(resource = "pods", subresource = "exec")
    void spdyPassesThroughUnread() throws InterruptedException {
        try (var client = ask(
                "POST",
                PODS + "/web/exec?command=echo&command=a%20b&stdin=true&stdout=true&tty=true",
                AS_ADMIN + SPDY + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\n"
                        + "X-Stream-Protocol-Version: v3.channel.k8s.io\r\n")) {
            assertThat(headAtKubelet())
                    .startsWith("POST /exec/default/web/c?input=1&output=1&tty=1&command=echo&command=a+b HTTP/1.1\r\n")
                    .containsIgnoringCase("upgrade: SPDY/3.1")
                    .containsIgnoringCase("x-stream-protocol-version: v4.channel.k8s.io")
                    .containsIgnoringCase("x-stream-protocol-version: v3.channel.k8s.io")
                    .containsIgnoringCase("x-forwarded-for: 127.0.0.1")
                    .containsIgnoringCase("host: api.example");
            assertThat(client.head()).isEqualTo(kubelet.answer);
            byte[] anything = new byte[200_000];
            new Random(1).nextBytes(anything);
            client.send(anything);
            assertThat(client.bytes(anything.length)).isEqualTo(anything);
        }
    }

    @Test
    @Covers(resource = "pods", subresource = "attach")
    void attachGoesToThePodsKubelet() throws InterruptedException {
        try (var client = ask("POST", PODS + "/web/attach?container=c&stdin=true&stdout=true", AS_ADMIN + SPDY)) {
            assertThat(headAtKubelet()).startsWith("POST /attach/default/web/c?input=1&output=1 HTTP/1.1\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    @Covers(resource = "pods", subresource = "portforward")
    void portForwardGoesToThePodsKubelet() throws InterruptedException {
        try (var client = ask("GET", PODS + "/web/portforward?ports=80&ports=81", AS_ADMIN + SPDY)) {
            assertThat(headAtKubelet()).startsWith("GET /portForward/default/web?port=80&port=81 HTTP/1.1\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void whatProvesTheClientStaysHere() throws InterruptedException {
        String token = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(RunningServer.TOKEN.getBytes(StandardCharsets.UTF_8));
        try (var client = ask(
                "GET",
                PODS + "/web/attach?stdout=1",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nX-Remote-User: somebody\r\n"
                        + "Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io." + token
                        + ", v4.channel.k8s.io\r\n")) {
            assertThat(headAtKubelet())
                    .containsIgnoringCase("sec-websocket-protocol: v4.channel.k8s.io\r\n")
                    .doesNotContain(token)
                    .doesNotContainIgnoringCase("x-remote-user")
                    .doesNotContainIgnoringCase("authorization");
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
        }
        try (var client = ask("POST", PODS + "/web/attach?stdout=1", AS_ADMIN + SPDY)) {
            assertThat(headAtKubelet()).doesNotContainIgnoringCase("authorization");
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void whatTheKubeletSaysWithItsAgreementComesAfterIt() {
        kubelet.answer += "first words";
        try (var client = ask("POST", PODS + "/web/exec?command=ls&stdout=1", AS_ADMIN + SPDY)) {
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
            assertThat(client.text(11)).isEqualTo("first words");
        }
    }

    @Test
    void theKubeletsRefusalIsTheAnswer() {
        kubelet.answer = "HTTP/1.1 403 Forbidden\r\nX-Accepted-Stream-Protocol-Versions: v4.channel.k8s.io\r\n"
                + "Content-Length: 9\r\n\r\nno such p";
        try (var client = ask("POST", PODS + "/web/exec?command=ls&stdout=1", AS_ADMIN + SPDY)) {
            assertThat(client.head())
                    .startsWith("HTTP/1.1 403 ")
                    .containsIgnoringCase("x-accepted-stream-protocol-versions: v4.channel.k8s.io");
            assertThat(client.rest()).contains("no such p");
        }
        kubelet.answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        var reply = connect();
        reply.send("POST " + PODS + "/web/exec?command=ls&stdout=1 HTTP/1.1\r\nHost: x\r\n" + AS_ADMIN + SPDY + "\r\n");
        assertThat(reply.head()).startsWith("HTTP/1.1 500 ");
        assertThat(reply.send("GET /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + AS_ADMIN + "\r\n")
                        .rest())
                .contains("invalid upgrade response: status code 200");
        reply.close();
    }

    @Test
    void badRequestsAreStatuses() {
        assertThat(message(ask("POST", PODS + "/web/exec?command=ls&stdout=1", AS_ADMIN)))
                .isEqualTo("Upgrade request required");
        assertThat(message(ask("POST", PODS + "/waiting/exec?command=ls&stdout=1", AS_ADMIN + SPDY)))
                .isEqualTo("pod waiting does not have a host assigned");
        assertThat(message(ask("POST", PODS + "/none/portforward", AS_ADMIN + SPDY)))
                .isEqualTo("pods \"none\" not found");
        assertThat(message(ask("POST", PODS + "/web/exec?command=ls&container=x", AS_ADMIN + SPDY)))
                .isEqualTo("container x is not valid for pod web");
        assertThat(message(ask("POST", PODS + "/web/exec?command=ls", SPDY)))
                .contains("cannot create resource \\\"pods/exec\\\"".replace("\\", ""));
    }

    @Test
    void anUnreachableKubeletIsNamed() {
        Clusters.node(server, "gone", 1);
        Clusters.boundPod(server, "lost", "gone", "'containers':[{'name':'c','image':'i'}]");
        try (var client = ask("POST", PODS + "/lost/exec?command=ls&stdout=1", AS_ADMIN + SPDY)) {
            assertThat(client.head()).startsWith("HTTP/1.1 500 ");
            assertThat(client.send("GET /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + AS_ADMIN + "\r\n")
                            .rest())
                    .contains(
                            "\"message\":\"error dialing backend: dial tcp 127.0.0.1:1: connect: connection refused\"");
        }
    }

    @Test
    void bothSidesEndTogether() {
        try (var client = ask("POST", PODS + "/web/exec?command=ls&stdout=1", AS_ADMIN + SPDY)) {
            client.head();
            Channel far = kubelet.connections.getLast();
            far.writeAndFlush(Unpooled.copiedBuffer("last words", StandardCharsets.UTF_8))
                    .addListener(sent -> far.close());
            assertThat(client.rest()).isEqualTo("last words");
        }
        var client = ask("POST", PODS + "/web/exec?command=ls&stdout=1", AS_ADMIN + SPDY);
        client.head();
        Channel far = kubelet.connections.getLast();
        client.close();
        TestServer.await(() -> !far.isActive());
    }

    @Test
    void openConnectionsAreCountedUntilTheyEnd() {
        try (var client = ask("POST", PODS + "/web/attach?stdout=1", AS_ADMIN + SPDY)) {
            client.head();
            assertThat(longRunning("attach")).isEqualTo(1);
        }
        TestServer.await(() -> longRunning("attach") == 0);
        assertThat(server.get("/metrics").text())
                .containsPattern("apiserver_request_total\\{code=\"101\",.*subresource=\"attach\",verb=\"CONNECT\"");
    }

    private static int longRunning(String subresource) {
        return server.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("apiserver_longrunning_requests{")
                        && line.contains("subresource=\"" + subresource + "\""))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /**
     * A far side that takes nothing for a while stops the client and does not fill the server. (That the tunnel stops
     * reading is {@code ByteTunnelTest}'s to show.)
     */
    @Test
    void whatIsNotTakenIsNotKept() throws Exception {
        kubelet.reading.set(false);
        kubelet.echo = false;
        try (var client = ask("POST", PODS + "/web/exec?command=cat&stdin=1", AS_ADMIN + SPDY)) {
            client.head();
            var memory = PooledByteBufAllocator.DEFAULT.metric();
            long before = memory.usedDirectMemory();
            var most = new AtomicLong();
            var sent = new AtomicLong();
            var sender = Thread.ofVirtual().start(() -> {
                byte[] block = new byte[1 << 16];
                while (sent.get() < OFFERED) {
                    client.send(block);
                    sent.addAndGet(block.length);
                    most.accumulateAndGet(memory.usedDirectMemory() - before, Math::max);
                }
            });
            TestServer.await(() -> sent.get() >= FIRST);
            assertThat(kubelet.received).hasValue(0);
            kubelet.connections.getLast().config().setAutoRead(true);
            // Without a limit but the build's: how long it takes is the machine's affair.
            sender.join();
            TestServer.await(() -> kubelet.received.get() == OFFERED);
            assertThat(most).hasValueLessThan(OFFERED / 2);
        }
    }
}
