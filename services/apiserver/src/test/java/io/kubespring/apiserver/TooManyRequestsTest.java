package io.kubespring.apiserver;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.limits.LimitsConfig;
import io.kubespring.client.KubeClient;
import io.kubespring.client.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A server that is busy: what it says, and what its own components make of it. */
class TooManyRequestsTest {

    /** One write at a time, and no queues. */
    private static final LimitsConfig NARROW =
            new LimitsConfig(false, 1, 1, Duration.ofSeconds(60), Duration.ofSeconds(1800), Duration.ZERO);

    @Test
    void itIsSaidInUpstreamsWords() {
        try (var server = new TestServer(ApiServerConfig.open().withLimits(NARROW))) {
            Transport jane = server.core.transport("jane", "people");
            // A list that nobody reads to its end keeps its place.
            for (int i = 0; i < 40; i++) {
                server.post(MAPS, "{'metadata':{'name':'m%d'},'data':{'x':'%s'}}".formatted(i, "x".repeat(4_000)));
            }
            var open = jane.send(new Transport.Request("GET", MAPS, Map.of(), null))
                    .block(Duration.ofSeconds(10));
            assertThat(open.status()).isEqualTo(200);
            var refused = jane.send(new Transport.Request("GET", MAPS + "/m1", Map.of(), null))
                    .block(Duration.ofSeconds(10));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.headers()).containsEntry("retry-after", "1");
            assertThat(new String(refused.body().blockFirst(), StandardCharsets.UTF_8))
                    .isEqualTo("Too many requests, please try again later.\n");
            open.body().blockLast(Duration.ofSeconds(10));
            assertThat(jane.send(new Transport.Request("GET", MAPS + "/m1", Map.of(), null))
                            .block(Duration.ofSeconds(10))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aComponentAsksAgainWhenItWasTold() {
        try (var server = new TestServer(ApiServerConfig.open().withLimits(NARROW))) {
            for (int i = 0; i < 40; i++) {
                server.post(MAPS, "{'metadata':{'name':'m%d'},'data':{'x':'%s'}}".formatted(i, "x".repeat(4_000)));
            }
            Transport jane = server.core.transport("jane", "people");
            var open = jane.send(new Transport.Request("GET", MAPS, Map.of(), null))
                    .block(Duration.ofSeconds(10));
            var onTimer = new AtomicBoolean();
            var answer = KubeClient.over(jane, SystemTime.instance())
                    .call("GET", MAPS + "/m1", Map.of(), null)
                    .doOnNext(bytes ->
                            onTimer.set(Thread.currentThread().getName().equals("timer")))
                    .toFuture();
            open.body().blockLast(Duration.ofSeconds(10));
            assertThat(new String(answer.join(), StandardCharsets.UTF_8)).contains("\"m1\"");
            assertThat(onTimer).isFalse();
        }
    }
}
