package io.kubespring.kubelet.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.Transport;
import io.kubespring.service.access.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class CallerAuthorizerTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<String> asked = new ArrayList<>();
    private String allowedSubresource = "proxy";

    private final class Reviewer implements Transport {
        @Override
        public Mono<Response> send(Request request) {
            String body = new String(request.body(), StandardCharsets.UTF_8);
            asked.add(body);
            boolean allowed = body.contains("\"subresource\":\"" + allowedSubresource + "\"");
            byte[] answer = ("{\"status\":{\"allowed\":" + allowed
                            + ",\"authenticated\":true,\"user\":{\"username\":\"u\",\"groups\":[\"g\"]}}}")
                    .getBytes(StandardCharsets.UTF_8);
            return Mono.just(new Response(201, Map.of(), Flux.just(answer)));
        }

        @Override
        public void close() {}
    }

    private final KubeClient client = KubeClient.over(new Reviewer(), time);
    private final Caller caller = new Caller("u", "", List.of("g"), Map.of());

    @Test
    void pathsMapToSubresourcesOfTheNode() {
        assertThat(CallerAuthorizer.subresources("/stats/summary")).containsExactly("stats");
        assertThat(CallerAuthorizer.subresources("/metrics/cadvisor")).containsExactly("metrics");
        assertThat(CallerAuthorizer.subresources("/pods")).containsExactly("pods", "proxy");
        assertThat(CallerAuthorizer.subresources("/exec/ns/p/c")).containsExactly("proxy");
        assertThat(CallerAuthorizer.subresources("/statsmore")).containsExactly("proxy");
        assertThat(CallerAuthorizer.verb("POST")).isEqualTo("create");
    }

    @Test
    void theFinerSubresourceIsTriedFirstAndAnswersAreKept() {
        var authorizer = new CallerAuthorizer("node", true, client);
        assertThat(authorizer.allowed(caller, "GET", "/pods")).isTrue();
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst()).contains("\"subresource\":\"pods\"", "\"name\":\"node\"", "\"user\":\"u\"");
        authorizer.allowed(caller, "GET", "/pods");
        assertThat(asked).hasSize(2);
        time.advance(Duration.ofSeconds(31));
        authorizer.allowed(caller, "GET", "/pods");
        assertThat(asked).as("a refusal is forgotten sooner").hasSize(3);
    }
}
