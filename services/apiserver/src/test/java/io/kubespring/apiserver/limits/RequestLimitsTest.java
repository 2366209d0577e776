package io.kubespring.apiserver.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.ManualTime;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.flowcontrol.MaxInFlight;
import io.kubespring.apiserver.flowcontrol.Ticket;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfoParser;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Deadlines, and plain limits on requests at once. */
class RequestLimitsTest {

    private static final String POD = "/api/v1/namespaces/default/pods/a";

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-01T12:00:00Z"));
    private final RequestLimits limits =
            new RequestLimits(new MaxInFlight(2, 1), Duration.ofSeconds(60), time, RequestLimits.Observer.NONE);

    /** What became of a request. */
    private static final class Outcome {
        @Nullable
        String answer;

        @Nullable
        StatusException failure;

        boolean cancelled;
        final Sinks.One<String> work = Sinks.one();
    }

    private Outcome send(String user, String method, String uri) {
        var outcome = new Outcome();
        int question = uri.indexOf('?');
        var query = QueryParameters.parse(question < 0 ? null : uri.substring(question + 1));
        String path = question < 0 ? uri : uri.substring(0, question);
        var who = UserInfo.of(user, user.equals("admin") ? UserInfo.MASTERS_GROUP : "people");
        limits.admit(RequestInfoParser.parse(method, path, query), query, who, new RequestLimits.Request<String>() {
                    @Override
                    public Mono<String> execute(Ticket ticket) {
                        return outcome.work
                                .asMono()
                                .doOnCancel(() -> outcome.cancelled = true)
                                .doFinally(end -> ticket.finish());
                    }

                    @Override
                    public Mono<String> refuse(ApiResponse answer) {
                        var bytes = (ApiResponse.Bytes) answer;
                        return Mono.just(bytes.status() + " " + bytes.headers() + " " + new String(bytes.body()));
                    }

                    @Override
                    public Executor continuation() {
                        return Runnable::run;
                    }
                })
                .subscribe(value -> outcome.answer = value, failure -> outcome.failure = (StatusException) failure);
        return outcome;
    }

    @Test
    void aRequestThatTakesTooLongIsTimedOutAndCancelled() {
        Outcome late = send("jane", "GET", POD);
        time.advance(Duration.ofMillis(59_900));
        assertThat(late.failure).isNull();
        time.advance(Duration.ofMillis(200));
        assertThat(late.failure).isNotNull();
        assertThat(late.failure.code()).isEqualTo(504);
        assertThat(late.failure.reason().text()).isEqualTo("Timeout");
        assertThat(late.failure.getMessage())
                .isEqualTo("Timeout: request did not complete within the allotted timeout");
        assertThat(late.cancelled).isTrue();
    }

    @Test
    void aRequestInTimeIsAnsweredAndItsTimeForgotten() {
        Outcome inTime = send("jane", "GET", POD);
        inTime.work.tryEmitValue("done");
        time.advance(Duration.ofMinutes(5));
        assertThat(inTime.answer).isEqualTo("done");
        assertThat(inTime.failure).isNull();
    }

    @ParameterizedTest
    @CsvSource({"timeout=2s,2", "timeout=1m30s,60", "timeout=0s,60", "timeout=,60", "timeout=1500ms,1.5"})
    void clientsMayAskForLessTime(String query, double seconds) {
        Outcome asked = send("jane", "GET", POD + "?" + query);
        time.advance(Duration.ofMillis((long) (seconds * 1000) - 100));
        assertThat(asked.failure).isNull();
        time.advance(Duration.ofMillis(300));
        assertThat(asked.failure).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soon | time: invalid duration \"soon\"",
                "5 | time: missing unit in duration \"5\"",
                "5y | time: unknown unit \"y\" in duration \"5y\"",
            })
    void aTimeoutThatIsNoneIsABadRequest(String timeout, String message) {
        Outcome bad = send("jane", "GET", POD + "?timeout=" + timeout);
        assertThat(bad.failure).isNotNull();
        assertThat(bad.failure.code()).isEqualTo(400);
        assertThat(bad.failure.getMessage()).isEqualTo("invalid timeout specified in the request URL - " + message);
    }

    @Test
    void longRunningRequestsHaveNoDeadline() {
        for (String each :
                new String[] {POD + "/log?follow=true", POD + "/exec", "/api/v1/pods?watch=true&timeout=1s"}) {
            Outcome stream = send("jane", "GET", each);
            time.advance(Duration.ofHours(1));
            assertThat(stream.failure).isNull();
            assertThat(stream.answer).isNull();
        }
    }

    @Test
    void readsAndWritesHaveLimitsOfTheirOwnWithoutFairness() {
        Outcome first = send("jane", "GET", POD);
        send("jane", "GET", POD);
        assertThat(send("jane", "GET", POD).answer)
                .isEqualTo("429 [Retry-After, 1, X-Content-Type-Options, nosniff] Too many requests, please try again"
                        + " later.\n");
        assertThat(send("jane", "DELETE", POD).answer).isNull();
        assertThat(send("jane", "DELETE", POD).answer).startsWith("429");
        assertThat(send("admin", "DELETE", POD).answer).isNull();
        first.work.tryEmitValue("done");
        assertThat(send("jane", "GET", POD).answer).isNull();
    }

    @Test
    void aBodyThatIsNotReadInTimeFails() {
        var failure = new AtomicReference<@Nullable Throwable>();
        limits.limited(Flux.never(), QueryParameters.EMPTY).subscribe(chunk -> {}, failure::set);
        time.advance(Duration.ofSeconds(61));
        assertThat(failure.get()).isInstanceOf(StatusException.class);
    }

    @Test
    void seatsFollowTheMachineUnlessFlagsSayOtherwise() {
        assertThat(LimitsConfig.DEFAULT.seats(2)).isEqualTo(256);
        assertThat(LimitsConfig.DEFAULT.seats(64)).isEqualTo(600);
        assertThat(new LimitsConfig(true, 3_000, 1_000, Duration.ofSeconds(60), Duration.ofSeconds(1800), Duration.ZERO)
                        .seats(2))
                .isEqualTo(4_000);
    }
}
