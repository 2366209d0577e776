package io.kubespring.apiserver.metrics;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Counts and times authentication and authorization. All meters are made beforehand: labels never come from clients. */
public final class SecurityMetrics {

    private static final Duration[] BUCKETS = IntStream.range(0, 15)
            .mapToObj(power -> Duration.ofMillis(1L << power))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final TimeSource time;

    public SecurityMetrics(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
    }

    private record Authentications(LongAdder attempts, Timer duration) {}

    private record Authorizations(Counter attempts, Timer duration) {}

    public AdmissionMetrics admission() {
        return new AdmissionMetrics(registry, time);
    }

    /** The same authenticator, counted. */
    public Authenticator observed(Authenticator authenticator) {
        Authentications success = authentications("success");
        Authentications failure = authentications("failure");
        Authentications error = authentications("error");
        LongAdder anonymous = counted(ApiServerMetric.AUTHENTICATED_USERS, "username", UserInfo.ANONYMOUS);
        LongAdder others = counted(ApiServerMetric.AUTHENTICATED_USERS, "username", "other");
        return credentials -> {
            long start = time.nanoTime();
            Authentication result = authenticator.authenticate(credentials);
            Authentications meters = switch (result) {
                case Authentication.Authenticated proof -> {
                    boolean nobody = proof.user().name().equals(UserInfo.ANONYMOUS);
                    (nobody ? anonymous : others).increment();
                    yield success;
                }
                case Authentication.NoOpinion nothing -> failure;
                case Authentication.Rejected rejected -> error;
            };
            meters.attempts().increment();
            meters.duration().record(time.nanoTime() - start, TimeUnit.NANOSECONDS);
            return result;
        };
    }

    /** The same authorizer, counted. */
    public Authorizer observed(Authorizer authorizer) {
        Authorizations allowed = authorizations("allowed");
        Authorizations denied = authorizations("denied");
        Authorizations noOpinion = authorizations("no-opinion");
        return attributes -> {
            long start = time.nanoTime();
            Decision decision = authorizer.authorize(attributes);
            Authorizations meters = switch (decision.verdict()) {
                case ALLOW -> allowed;
                case DENY -> denied;
                case NO_OPINION -> noOpinion;
            };
            meters.attempts().increment();
            meters.duration().record(time.nanoTime() - start, TimeUnit.NANOSECONDS);
            return decision;
        };
    }

    private Authentications authentications(String result) {
        return new Authentications(
                counted(ApiServerMetric.AUTHENTICATION_ATTEMPTS, "result", result),
                timer(ApiServerMetric.AUTHENTICATION_DURATION, result));
    }

    private Authorizations authorizations(String result) {
        Counter attempts = Counter.builder(ApiServerMetric.AUTHORIZATION_ATTEMPTS.text())
                .description(ApiServerMetric.AUTHORIZATION_ATTEMPTS.help())
                .tag("result", result)
                .register(registry);
        return new Authorizations(attempts, timer(ApiServerMetric.AUTHORIZATION_DURATION, result));
    }

    /** Upstream's name has no "_total", which a counter's would get: so it is shown as a gauge that only grows. */
    private LongAdder counted(ApiServerMetric metric, String label, String value) {
        var count = new LongAdder();
        Gauge.builder(metric.text(), count, LongAdder::sum)
                .description(metric.help())
                .tag(label, value)
                .register(registry);
        return count;
    }

    private Timer timer(ApiServerMetric metric, String result) {
        return Timer.builder(metric.text())
                .description(metric.help())
                .serviceLevelObjectives(BUCKETS)
                .tag("result", result)
                .register(registry);
    }
}
