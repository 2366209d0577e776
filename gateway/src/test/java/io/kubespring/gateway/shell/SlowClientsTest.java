package io.kubespring.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.gateway.RawClient;
import io.kubespring.gateway.RunningApiServer;
import io.kubespring.gateway.RunningGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body that never ends is bounded by the API server's time for requests, and then cut by the gateway. */
class SlowClientsTest {

    @Test
    void aBodyThatDoesNotComeIsAnsweredAndCut(@TempDir Path directory) {
        try (var server = new RunningApiServer(directory, Map.of("request-timeout", "1s"));
                var gateway = new RunningGateway(directory, List.of(server.url()), Map.of()).ready();
                var client = new RawClient(gateway.port(), directory.resolve("pki"), "admin")) {
            client.send("POST /api/v1/namespaces HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000\r\n\r\n{");

            assertThat(client.head()).startsWith("HTTP/1.1 504 ");
            assertThat(client.rest()).contains("\"reason\":\"Timeout\"");
        }
    }
}
