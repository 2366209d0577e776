package io.kubespring.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.client.transport.Transport.Request;
import io.kubespring.client.transport.Transport.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A component of the same process: its own identity, the same answers, never on the server's threads. */
class InProcessTransportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @AutoClose
    private static final TestServer server = new TestServer();

    private static Response send(String method, String uri, String body) {
        var transport = server.core.transport("system:kube-scheduler", "schedulers");
        byte[] bytes = body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8);
        return Objects.requireNonNull(transport
                .send(new Request(method, uri, Map.of("user-agent", "it"), bytes))
                .block(PATIENCE));
    }

    private static String text(Response response) {
        return Objects.requireNonNull(response.body()
                .map(each -> new String(each, StandardCharsets.UTF_8))
                .reduce("", String::concat)
                .block(PATIENCE));
    }

    @Test
    void itIsTheUserItSaysItIs() {
        var response = send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(text(response)).contains("system:kube-scheduler", "schedulers", "system:authenticated");
    }

    @Test
    void requestsAndFailuresAreAsOverHttp() {
        assertThat(send("POST", MAPS, "{\"metadata\":{\"name\":\"a\"}}").status())
                .isEqualTo(201);
        assertThat(text(send("GET", MAPS + "?labelSelector=x", ""))).contains("\"items\":[]");
        assertThat(send("GET", MAPS + "/missing", "").status()).isEqualTo(404);
        assertThat(send("GET", MAPS + "/%zz", "").status()).isEqualTo(400);
    }

    @Test
    void watchesRunOffTheServersThreads() {
        send("POST", MAPS, "{\"metadata\":{\"name\":\"w\"}}");
        String thread = send("GET", MAPS + "?watch=true", "")
                .body()
                .map(frame -> Thread.currentThread().getName())
                .blockFirst(PATIENCE);
        assertThat(thread).isEqualTo("in-process");
    }
}
