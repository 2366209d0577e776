package io.kubespring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.ManualTime;
import io.kubespring.client.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A server that asks to be asked later, as client-go understands it. */
class KubeClientRetryTest {

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final List<String> sent = new ArrayList<>();
    private final List<Object> got = new ArrayList<>();
    private int refusals = Integer.MAX_VALUE;

    @Test
    void tooManyRequestsIsSentAgainWhenTheServerSaid() {
        refusals = 2;
        post(429, "3");
        time.advance(Duration.ofMillis(2999));
        assertThat(sent).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(sent).hasSize(2);
        assertThat(got).isEmpty();
        time.advance(Duration.ofSeconds(3));
        assertThat(sent).containsExactly("body", "body", "body");
        assertThat(got).containsExactly("ok");
    }

    @Test
    void soIsAFailureOfTheServerThatNamesATime() {
        refusals = 1;
        post(503, "1");
        time.advance(Duration.ofSeconds(1));
        assertThat(got).containsExactly("ok");
    }

    @Test
    void tenthRepetitionIsTheLast() {
        post(429, "1");
        time.advance(Duration.ofMinutes(1));
        assertThat(sent).hasSize(11);
        assertThat(got)
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        StatusException.class,
                        failure -> assertThat(failure.code()).isEqualTo(429));
    }

    @Test
    void withoutANumberOfSecondsItFailsAtOnce() {
        post(429, null);
        post(503, "Wed, 21 Oct 2026 07:28:00 GMT");
        post(409, "1");
        assertThat(sent).hasSize(3);
        assertThat(got).hasSize(3);
    }

    @Test
    void whoNoLongerWaitsSendsNothingMore() {
        var subscription = call(429, "1").subscribe();
        subscription.dispose();
        time.advance(Duration.ofMinutes(1));
        assertThat(sent).hasSize(1);
    }

    private void post(int status, @Nullable String after) {
        call(status, after).subscribe(bytes -> got.add(new String(bytes, StandardCharsets.UTF_8)), got::add);
    }

    private Mono<byte[]> call(int status, @Nullable String after) {
        Transport transport = new Transport() {
            @Override
            public Mono<Response> send(Request request) {
                return Mono.fromSupplier(() -> {
                    sent.add(new String(request.body(), StandardCharsets.UTF_8));
                    boolean refused = sent.size() <= refusals;
                    return new Response(
                            refused ? status : 200,
                            refused && after != null ? Map.of("retry-after", after) : Map.of(),
                            Flux.just((refused ? "busy" : "ok").getBytes(StandardCharsets.UTF_8)));
                });
            }

            @Override
            public void close() {}
        };
        return KubeClient.over(transport, time).call("POST", "/x", Map.of(), "body".getBytes(StandardCharsets.UTF_8));
    }
}
