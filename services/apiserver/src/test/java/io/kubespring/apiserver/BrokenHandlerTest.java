package io.kubespring.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.flowcontrol.MaxInFlight;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.handlers.ResourceHandlers;
import io.kubespring.apiserver.limits.RequestLimits;
import io.kubespring.apiserver.metrics.RequestMetrics;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Headers;
import io.kubespring.apiserver.request.Negotiation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Defects of ours: always a Status, never their details, and the place of the request is free again. */
class BrokenHandlerTest {

    private static final RequestLimits ONE_AT_A_TIME = new RequestLimits(
            new MaxInFlight(1, 1), Duration.ofSeconds(60), SystemTime.instance(), RequestLimits.Observer.NONE);

    private static ApiResponse.Bytes answer(Supplier<Mono<ApiResponse>> handler) {
        var server = new ApiServer(
                Catalog.builtIn(),
                attributes -> Decision.allow(""),
                new ResourceHandlers(Map.of()),
                new PathHandlers().at("/broken", request -> handler.get()),
                ONE_AT_A_TIME,
                new RequestMetrics(new SimpleMeterRegistry(), SystemTime.instance()),
                new Negotiation(false));
        return (ApiResponse.Bytes) Objects.requireNonNull(
                server.handle(ApiRequest.of("GET", "/broken", null, Headers.NONE, Mono.empty(), UserInfo.of("jane")))
                        .block(Duration.ofSeconds(10)));
    }

    private static void isInternalError(ApiResponse.Bytes answer) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("\"reason\":\"InternalError\"", "Internal error occurred: see the server's log")
                .doesNotContain("secret");
    }

    @Test
    void whateverAHandlerThrowsIsAnInternalError() {
        isInternalError(answer(() -> {
            throw new IllegalStateException("secret");
        }));
        isInternalError(answer(() -> {
            throw new AssertionError("secret");
        }));
        isInternalError(answer(() -> Mono.error(new IllegalStateException("secret"))));
    }

    @Test
    void aRecursionWithoutEndIsAnInternalError() {
        isInternalError(answer(() -> Mono.just(endless(0))));
    }

    private static ApiResponse endless(int depth) {
        return depth < 0 ? ApiResponse.text(200, "") : endless(depth + 1).with("depth", "");
    }
}
