package io.kubespring.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.client.transport.Transport.Request;
import io.kubespring.client.transport.Transport.Response;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class MeteredTransportTest {

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** Takes a second for every request; {@code /gone} cannot be reached. */
    private final class Slow implements Transport {
        @Override
        public Mono<Response> send(Request request) {
            if (request.uri().equals("/gone")) {
                return Mono.error(new IOException("no route"));
            }
            time.advance(Duration.ofSeconds(1));
            return Mono.just(new Response(201, Map.of(), Flux.just(new byte[300], new byte[400])));
        }

        @Override
        public String host() {
            return "10.0.0.1:6443";
        }

        @Override
        public void close() {}
    }

    private final MeteredTransport metered = new MeteredTransport(new Slow(), registry, time);

    private void send(String method, String uri, int bytes) {
        Response answer = Objects.requireNonNull(metered.send(new Request(method, uri, Map.of(), new byte[bytes]))
                .block());
        answer.body().blockLast();
    }

    @Test
    void countsRequestsByMethodCodeAndHost() {
        send("POST", "/api/v1/pods", 64);
        send("POST", "/api/v1/pods", 64);
        assertThat(registry.get(ClientMetric.REQUESTS.text())
                        .tags("method", "POST", "code", "201", "host", "10.0.0.1:6443")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void timesAndSizesWholeAnswers() {
        send("POST", "/api/v1/pods", 64);
        var timer = registry.get(ClientMetric.DURATION.text())
                .tags("verb", "POST", "host", "10.0.0.1:6443")
                .timer();
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(timer.takeSnapshot().histogramCounts()).hasSize(12);
        assertThat(registry.get(ClientMetric.REQUEST_SIZE.text()).summary().totalAmount())
                .isEqualTo(64);
        assertThat(registry.get(ClientMetric.RESPONSE_SIZE.text()).summary().totalAmount())
                .isEqualTo(700);
    }

    @Test
    void watchesAreCountedNotTimed() {
        send("GET", "/api/v1/pods?watch=true", 0);
        assertThat(registry.get(ClientMetric.REQUESTS.text()).counter().count()).isEqualTo(1);
        assertThat(registry.find(ClientMetric.DURATION.text()).timer()).isNull();
    }

    @Test
    void whatCannotBeReachedIsAnErrorOfItsOwn() {
        metered.send(new Request("GET", "/gone", Map.of(), null))
                .onErrorComplete()
                .block();
        assertThat(registry.get(ClientMetric.REQUESTS.text())
                        .tags("code", "<error>")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
