package io.kubespring.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.gateway.RawClient;
import io.kubespring.gateway.RawUpstream;
import io.kubespring.gateway.RunningApiServer;
import io.kubespring.gateway.RunningGateway;
import io.kubespring.service.pki.ClusterPki;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that leave HTTP, seen byte by byte on both sides of the gateway. */
class UpgradeTest {

    private static final String EXEC = "/api/v1/namespaces/default/pods/web/exec?command=sh&stdin=true";

    private static Path pki;
    private static RawUpstream upstream;
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path directory) {
        ClusterPki files = RunningApiServer.pki(directory);
        pki = directory.resolve("pki");
        upstream = new RawUpstream(files);
        // One that is not there: upgrades too are tried elsewhere.
        gateway = new RunningGateway(directory, List.of("https://127.0.0.1:1", upstream.url()), Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private static RawClient ask(String certificate, String headers) {
        upstream.asked.clear();
        return new RawClient(gateway.port(), pki, certificate)
                .send("POST " + EXEC + " HTTP/1.1\r\nHost: api.example\r\nConnection: Upgrade\r\n" + headers + "\r\n");
    }

    private static RawUpstream.Asked asked() throws InterruptedException {
        return Objects.requireNonNull(upstream.asked.poll(20, TimeUnit.SECONDS), "nothing came");
    }

    @Test
    void spdyPassesUnreadUnderTheFrontProxysName() throws InterruptedException {
        upstream.answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
                + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\n";
        try (var client = ask(
                "alice",
                "Upgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v5.channel.k8s.io\r\nX-Remote-User: root\r\n"
                        + "X_Remote_Group: system:masters\r\n")) {
            assertThat(client.head())
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("upgrade: SPDY/3.1")
                    .containsIgnoringCase("x-stream-protocol-version: v4.channel.k8s.io");
            var asked = asked();
            assertThat(asked.certificate()).contains("CN=front-proxy-client");
            assertThat(asked.head())
                    .startsWith("POST " + EXEC + " HTTP/1.1\r\n")
                    .containsIgnoringCase("host: api.example")
                    .containsIgnoringCase("upgrade: SPDY/3.1")
                    .containsIgnoringCase("x-stream-protocol-version: v5.channel.k8s.io")
                    .containsIgnoringCase("x-remote-user: alice\r\n")
                    .containsIgnoringCase("x-remote-group: dev\r\n")
                    .doesNotContain("root", "system:masters");
            assertThat(client.send("\u0080\u0003\u0000\u0001ping").read(8)).isEqualTo("\u0080\u0003\u0000\u0001ping");
        }
    }

    @Test
    void webSocketKeepsItsTokenAndSubprotocols() throws InterruptedException {
        upstream.answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Accept: b\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n";
        String protocols = "v5.channel.k8s.io, base64url.bearer.authorization.k8s.io.dG9rZW4";
        try (var client = ask(
                null,
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: a\r\n"
                        + "Sec-WebSocket-Protocol: " + protocols + "\r\n")) {
            assertThat(client.head()).startsWith("HTTP/1.1 101 ").contains("v5.channel.k8s.io");
            var asked = asked();
            assertThat(asked.certificate()).isEmpty();
            assertThat(asked.head()).contains(protocols).containsIgnoringCase("sec-websocket-key: a");
            assertThat(client.send("frame").read(5)).isEqualTo("frame");
        }
    }

    @Test
    void refusalIsTheAnswer() throws InterruptedException {
        upstream.answer = "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        try (var client = ask("alice", "Upgrade: SPDY/3.1\r\n")) {
            assertThat(client.head()).startsWith("HTTP/1.1 403 ");
            assertThat(client.rest()).contains("{}");
            assertThat(asked().head()).contains("/exec");
        }
    }

    @Test
    void bothSidesEndTogether() {
        upstream.answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n";
        try (var client = ask("alice", "Upgrade: SPDY/3.1\r\n")) {
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
            upstream.cutAll();
            assertThat(client.rest()).isEmpty();
        }
    }
}
