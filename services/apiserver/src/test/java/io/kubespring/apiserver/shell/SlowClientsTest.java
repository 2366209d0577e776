package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that begin and do not go on, or send all they may: they are bounded, and others do not notice. */
class SlowClientsTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final int LIMIT = 3 * 1024 * 1024;
    private static final int CROWD = 50;

    @TempDir
    static Path directory;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer(directory, Map.of("request-timeout", "3s", "server.netty.idle-timeout", "2s"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawConnection connect() {
        return RawConnection.to(server.port(), server.pki.resolve("ca.crt"));
    }

    private static String post(String contentType, int length) {
        return "POST " + MAPS + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + RunningServer.TOKEN
                + "\r\ncontent-type: " + contentType + "\r\ncontent-length: " + length + "\r\n\r\n";
    }

    @Test
    void aBodyThatNeverComesIsGivenUp() {
        try (var slow = connect().send(post("application/json", 100)).send("{")) {
            assertThat(slow.head()).startsWith("HTTP/1.1 504");
        }
    }

    @Test
    void aConnectionWithoutARequestIsClosed() {
        try (var idle = connect()) {
            assertThat(idle.rest()).isEmpty();
        }
    }

    @Test
    void whoeverSendsHalfARequestDoesNotHoldUpOthers() {
        List<RawConnection> slow = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            slow.add(connect().send("GET /version HTTP/1.1\r\nhost: x\r\nx-slow: "));
        }
        assertThat(server.get("/version").status()).isEqualTo(200);
        slow.forEach(RawConnection::close);
    }

    @Test
    void headersHaveALimit() {
        // Hardly too much: what is still on its way when the server closes would reset the connection.
        String large = "GET /version HTTP/1.1\r\nhost: x\r\nx-large: " + "x".repeat((1 << 20) + 100) + "\r\n\r\n";
        try (var connection = connect().send(large)) {
            assertThat(connection.head()).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void selectorsOfManyKilobytesAreRead() {
        String uri = MAPS + "?labelSelector=a%20in%20(" + "x,".repeat(40_000) + "y)";
        for (var client : List.of(server.http11(), server.http2())) {
            var reply = server.call(RunningServer.withToken(client), "GET", uri, new byte[0]);
            assertThat(reply.status()).isEqualTo(200);
        }
    }

    @Test
    void bodiesOfEveryTypeHaveTheSameLimit() {
        for (String type : List.of(
                "application/json",
                "application/yaml",
                "application/vnd.kubernetes.protobuf",
                "application/merge-patch+json",
                "application/strategic-merge-patch+json",
                "application/json-patch+json",
                "application/apply-patch+yaml")) {
            boolean patch = type.contains("patch");
            var reply = server.call(
                    RunningServer.withToken(server.http11()).headers(headers -> headers.set("content-type", type)),
                    patch ? "PATCH" : "POST",
                    patch ? MAPS + "/any?fieldManager=f" : MAPS,
                    new byte[LIMIT + 1]);
            assertThat(reply.status()).as(type).isEqualTo(413);
            assertThat(reply.text()).as(type).contains("Request entity too large: limit is 3145728");
        }
    }

    @Test
    void aCrowdThatSendsAllItMayAtOnceIsAnswered() {
        byte[] body = ("{\"metadata\":{\"name\":\"large\"},\"data\":{\"k\":\"" + "x".repeat(LIMIT - 100) + "\"}}")
                .getBytes(StandardCharsets.US_ASCII);
        List<RawConnection> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            // All but the last byte, so that the server holds all of them.
            crowd.add(connect().send(post("application/json", body.length)).send(Arrays.copyOf(body, body.length - 1)));
        }
        for (RawConnection each : crowd) {
            each.send("}");
        }
        for (RawConnection each : crowd) {
            // Too large for a ConfigMap, or too late.
            assertThat(each.head()).matches("(?s)HTTP/1.1 (422|504).*");
            each.close();
        }
        assertThat(server.get("/readyz").status()).isEqualTo(200);
    }
}
