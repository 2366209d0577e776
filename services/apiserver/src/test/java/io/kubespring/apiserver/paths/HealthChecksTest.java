package io.kubespring.apiserver.paths;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Each health endpoint in upstream's words. */
class HealthChecksTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-01T12:00:00Z"));
    private final HealthChecks health = new HealthChecks(time, Duration.ofSeconds(30));
    private final PathHandlers paths = new PathHandlers();
    private @Nullable String storeProblem;
    private boolean started = true;

    @BeforeEach
    void checks() {
        health.both("etcd", () -> storeProblem);
        health.readiness("informer-sync", () -> null);
        health.postStartHook("rbac/bootstrap-roles", () -> started);
        health.register(paths);
    }

    private ApiResponse.Bytes answer(String uri) {
        int question = uri.indexOf('?');
        return (ApiResponse.Bytes) Objects.requireNonNull(paths.handle(ApiRequest.of(
                        "GET",
                        question < 0 ? uri : uri.substring(0, question),
                        question < 0 ? null : uri.substring(question + 1),
                        Headers.NONE,
                        Mono.empty(),
                        UserInfo.anonymous()))
                .block());
    }

    private String get(String uri) {
        ApiResponse.Bytes answer = answer(uri);
        return answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void healthyIsTwoLettersUnlessAskedForMore() {
        assertThat(get("/livez")).isEqualTo("200 ok");
        assertThat(get("/readyz?verbose")).isEqualTo("""
            200 [+]ping ok
            [+]log ok
            [+]etcd ok
            [+]informer-sync ok
            [+]poststarthook/rbac/bootstrap-roles ok
            [+]shutdown ok
            readyz check passed
            """);
        assertThat(get("/livez?verbose"))
                .doesNotContain("shutdown", "informer-sync")
                .endsWith("livez check passed\n");
        assertThat(answer("/livez").headers()).isEqualTo(List.of("X-Content-Type-Options", "nosniff"));
    }

    @Test
    void aFailureNamesItsCheckAndKeepsTheReasonForWhoAsksForIt() {
        storeProblem = "no answer within 2000 ms";
        assertThat(get("/healthz")).startsWith("500 ").contains("[-]etcd failed: reason withheld\n");
        assertThat(get("/healthz")).endsWith("healthz check failed\n");
        assertThat(get("/healthz/etcd")).isEqualTo("500 internal server error: no answer within 2000 ms\n");
        assertThat(get("/healthz/ping")).isEqualTo("200 ok");
        assertThat(get("/healthz/nope")).startsWith("404");
    }

    @Test
    void checksCanBeExcludedAndUnknownOnesAreWarnedAbout() {
        storeProblem = "down";
        assertThat(get("/readyz?verbose&exclude=etcd&exclude=nope&exclude=another"))
                .startsWith("200 ")
                .contains("[+]etcd excluded: ok\n")
                .contains("warn: some health checks cannot be excluded: no matches for \"another\",\"nope\"\n");
    }

    @Test
    void aSlowStartDoesNotCountAgainstLivenessDuringTheGracePeriod() {
        started = false;
        assertThat(get("/livez")).isEqualTo("200 ok");
        assertThat(get("/healthz")).startsWith("500");
        assertThat(get("/readyz/poststarthook/rbac/bootstrap-roles"))
                .isEqualTo("500 internal server error: not finished\n");
        time.advance(Duration.ofSeconds(31));
        assertThat(get("/livez")).contains("[-]poststarthook/rbac/bootstrap-roles failed: reason withheld");
    }

    @Test
    void aServerThatStopsIsAliveButNotReady() {
        health.stop();
        assertThat(get("/livez")).isEqualTo("200 ok");
        assertThat(get("/readyz")).contains("[-]shutdown failed: reason withheld");
        assertThat(get("/readyz/shutdown")).isEqualTo("500 internal server error: process is shutting down\n");
        assertThat(health.isReady()).isFalse();
    }

    @Test
    void resultsAreCountedForServiceLevelIndicators() {
        get("/livez");
        storeProblem = "down";
        get("/livez");
        assertThat(get("/metrics/slis"))
                .contains("kubernetes_healthcheck{name=\"etcd\",type=\"livez\"} 0\n")
                .contains("kubernetes_healthcheck{name=\"ping\",type=\"livez\"} 1\n")
                .contains("kubernetes_healthchecks_total{name=\"etcd\",type=\"livez\",status=\"error\"} 1\n")
                .contains("kubernetes_healthchecks_total{name=\"etcd\",type=\"livez\",status=\"success\"} 1\n");
    }

    @Test
    void aServersOwnChecksHaveUpstreamsNames() {
        try (var server = new TestServer(ApiServerConfig.open().withBootstrap())) {
            assertThat(server.get("/readyz?verbose").text())
                    .contains(
                            "[+]ping ok",
                            "[+]log ok",
                            "[+]etcd ok",
                            "[+]etcd-readiness ok",
                            "[+]informer-sync ok",
                            "[+]poststarthook/start-system-namespaces-controller ok",
                            "[+]poststarthook/rbac/bootstrap-roles ok",
                            "[+]poststarthook/scheduling/bootstrap-system-priority-classes ok",
                            "[+]poststarthook/priority-and-fairness-config-producer ok",
                            "[+]poststarthook/priority-and-fairness-config-consumer ok",
                            "[+]poststarthook/priority-and-fairness-filter ok",
                            "[+]poststarthook/bootstrap-controller ok",
                            "[+]poststarthook/start-kubernetes-service-cidr-controller ok",
                            "[+]poststarthook/start-kube-apiserver-identity-lease-controller ok",
                            "[+]poststarthook/start-service-ip-repair-controllers ok",
                            "[+]shutdown ok");
        }
    }
}
