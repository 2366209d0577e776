package io.kubespring.apiserver.paths;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * {@code /livez}, {@code /readyz} and {@code /healthz}, each with {@code ?verbose}, {@code ?exclude=} and a path per check.
 * Readiness has more checks than liveness, among them the shutdown that was asked for. What belongs to starting does not
 * count for liveness during a grace period, so that nobody restarts a server that starts slowly.
 */
public final class HealthChecks {

    private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);
    private static final String WITHHELD = " failed: reason withheld\n";

    /** @param problem null while all is well; must be cheap */
    private record Check(String name, boolean readinessOnly, boolean boot, Supplier<@Nullable String> problem) {}

    private final TimeSource time;
    private final long started;
    private final long grace;
    private final List<Check> checks = new ArrayList<>();
    private final HealthIndicators indicators = new HealthIndicators();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Check shutdown =
            new Check("shutdown", true, false, () -> stopping.get() ? "process is shutting down" : null);

    /** @param livezGrace how long what belongs to starting may take before liveness suffers */
    public HealthChecks(TimeSource time, Duration livezGrace) {
        this.time = time;
        started = time.nanoTime();
        grace = livezGrace.toNanos();
        both("ping", () -> null);
        both("log", () -> null);
    }

    /** A check of all three endpoints. */
    public void both(String name, Supplier<@Nullable String> problem) {
        checks.add(new Check(name, false, false, problem));
    }

    /** A check of readiness only. */
    public void readiness(String name, Supplier<@Nullable String> problem) {
        checks.add(new Check(name, true, false, problem));
    }

    /** Something that starting consists of. */
    public void postStartHook(String name, BooleanSupplier finished) {
        checks.add(
                new Check("poststarthook/" + name, false, true, () -> finished.getAsBoolean() ? null : "not finished"));
    }

    /** From now on not ready. */
    public void stop() {
        stopping.set(true);
    }

    public boolean isReady() {
        return all("readyz").stream().allMatch(check -> problem("readyz", check) == null);
    }

    private List<Check> all(String endpoint) {
        if (!endpoint.equals("readyz")) {
            return checks.stream().filter(each -> !each.readinessOnly()).toList();
        }
        // As upstream shows them: what starting consists of, then the shutdown, after the rest.
        return Stream.of(
                        checks.stream().filter(each -> !each.boot()),
                        checks.stream().filter(Check::boot),
                        Stream.of(shutdown))
                .flatMap(each -> each)
                .toList();
    }

    private @Nullable String problem(String endpoint, Check check) {
        if (endpoint.equals("livez") && check.boot() && grace > 0 && time.nanoTime() - started <= grace) {
            return null;
        }
        return check.problem().get();
    }

    void register(PathHandlers paths) {
        paths.at("/metrics/slis", request -> Mono.just(ApiResponse.text(200, indicators.page())));
        for (String endpoint : List.of("livez", "readyz", "healthz")) {
            paths.at("/" + endpoint, request -> Mono.just(root(endpoint, request)));
            paths.below("/" + endpoint + "/", request -> Mono.just(one(endpoint, request)));
        }
    }

    /** One a check and endpoint. */
    List<String> paths() {
        return Stream.of("livez", "readyz", "healthz")
                .flatMap(endpoint -> all(endpoint).stream().map(check -> "/" + endpoint + "/" + check.name()))
                .toList();
    }

    private ApiResponse one(String endpoint, ApiRequest request) {
        String name = request.info().path().substring(endpoint.length() + 2);
        for (Check check : all(endpoint)) {
            if (check.name().equals(name)) {
                String problem = problem(endpoint, check);
                return problem == null
                        ? ApiResponse.text(200, "ok")
                        : text(500, "internal server error: " + problem + "\n");
            }
        }
        return ApiResponse.pageNotFound();
    }

    private ApiResponse root(String endpoint, ApiRequest request) {
        List<String> excluded = request.query().all("exclude");
        Set<String> unknown = new TreeSet<>(excluded);
        var report = new StringBuilder();
        List<String> failed = new ArrayList<>();
        for (Check check : all(endpoint)) {
            unknown.remove(check.name());
            if (excluded.contains(check.name())) {
                report.append("[+]").append(check.name()).append(" excluded: ok\n");
                continue;
            }
            String problem = problem(endpoint, check);
            indicators.observed(endpoint, check.name(), problem == null);
            if (problem == null) {
                report.append("[+]").append(check.name()).append(" ok\n");
            } else {
                failed.add(check.name() + ": " + problem);
                report.append("[-]").append(check.name()).append(WITHHELD);
            }
        }
        if (!unknown.isEmpty()) {
            report.append("warn: some health checks cannot be excluded: no matches for ")
                    .append(unknown.stream().map(each -> '"' + each + '"').collect(Collectors.joining(",")))
                    .append('\n');
        }
        if (!failed.isEmpty()) {
            LOG.debug("{} check failed: {}", endpoint, failed);
            return text(500, report + endpoint + " check failed\n");
        }
        return text(200, request.query().has("verbose") ? report + endpoint + " check passed\n" : "ok");
    }

    private static ApiResponse text(int status, String text) {
        return ApiResponse.text(status, text).with("X-Content-Type-Options", "nosniff");
    }
}
