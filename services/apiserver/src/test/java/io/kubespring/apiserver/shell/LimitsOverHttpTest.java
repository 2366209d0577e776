package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Priority, fairness, deadlines and size limits as a client over HTTPS meets them. */
class LimitsOverHttpTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String FLOWS = "/apis/flowcontrol.apiserver.k8s.io/v1";

    @TempDir
    static Path directory;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer(directory, Map.of("goaway-chance", 0.02));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RunningServer.Reply anonymous(String uri) {
        return server.call(server.http2(), "GET", uri, new byte[0]);
    }

    @Test
    void answersSayWhichSchemaAndLevelTheyBelongTo() {
        assertThat(anonymous("/version").headers())
                .containsEntry("x-kubernetes-pf-flowschema-uid", uid("flowschemas/global-default"))
                .containsEntry("x-kubernetes-pf-prioritylevel-uid", uid("prioritylevelconfigurations/global-default"));
        assertThat(server.get("/version").headers())
                .containsEntry("x-kubernetes-pf-flowschema-uid", uid("flowschemas/exempt"));
    }

    private static String uid(String object) {
        return server.get(FLOWS + "/" + object)
                .json()
                .path("metadata")
                .path("uid")
                .asString();
    }

    @Test
    void aRequestThatTakesTooLongGetsAStatus() {
        var late = server.get(MAPS + "?resourceVersion=999999999&resourceVersionMatch=NotOlderThan&timeout=300ms");
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.json().path("reason").asString()).isEqualTo("Timeout");
        assertThat(late.json().path("message").asString())
                .isEqualTo("Timeout: request did not complete within the allotted timeout");
    }

    @Test
    void aBodyOfMoreThanThreeMegabytesIsRefused() {
        var large = server.call(
                RunningServer.withToken(server.http11())
                        .headers(headers -> headers.set("content-type", "application/json")),
                "POST",
                MAPS,
                new byte[3 * 1024 * 1024 + 1]);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.json().path("message").asString()).isEqualTo("Request entity too large: limit is 3145728");
        assertThat(large.json().path("reason").asString()).isEqualTo("RequestEntityTooLarge");
    }

    @Test
    void clientsOfHttp2AreAskedToConnectAnewNowAndThen() {
        Map<Object, Boolean> connections = new ConcurrentHashMap<>();
        var client = RunningServer.withToken(server.http2())
                .doOnConnected(
                        connection -> connections.put(connection.channel().id(), true));
        for (int i = 0; i < 1_000; i++) {
            assertThat(server.call(client, "GET", "/version", new byte[0]).status())
                    .isEqualTo(200);
        }
        assertThat(connections).hasSizeGreaterThan(1);
    }
}
