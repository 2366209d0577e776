package io.kubespring.apiserver.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.ManualTime;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.Credentials;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SecurityMetricsTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-05-01T12:00:00Z"));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SecurityMetrics metrics = new SecurityMetrics(registry, time);

    @Test
    void authenticationIsCountedByResultAndTimed() {
        Authenticator observed = metrics.observed((Authenticator) credentials -> {
            time.advance(Duration.ofMillis(3));
            return credentials.bearerToken() == null
                    ? new Authentication.Authenticated(UserInfo.anonymous())
                    : credentials.bearerToken().equals("good")
                            ? new Authentication.Authenticated(UserInfo.of("alice"))
                            : new Authentication.Rejected("bad");
        });

        observed.authenticate(Credentials.NONE);
        observed.authenticate(Credentials.token("good"));
        observed.authenticate(Credentials.token("bad"));

        assertThat(registry.get("authentication_attempts")
                        .tag("result", "success")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(registry.get("authentication_attempts")
                        .tag("result", "error")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("authenticated_user_requests")
                        .tag("username", "system:anonymous")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("authentication_duration_seconds")
                        .tag("result", "error")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(3);
    }

    @Test
    void authorizationIsCountedByVerdict() {
        Authorizer observed = metrics.observed(
                (Authorizer) asked -> asked.path().equals("/") ? Decision.allow("") : Decision.noOpinion(""));

        observed.authorize(Attributes.path(UserInfo.anonymous(), "get", "/"));
        observed.authorize(Attributes.path(UserInfo.anonymous(), "get", "/x"));

        assertThat(registry.get("authorization_attempts_total")
                        .tag("result", "allowed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("authorization_attempts_total")
                        .tag("result", "no-opinion")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
