package io.kubespring.apiserver.paths;

import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Mono;

/**
 * {@code /livez}, {@code /readyz} and {@code /healthz}, each with {@code ?verbose}, {@code ?exclude=} and a path per check.
 * Readiness has more checks than liveness, among them the shutdown that was asked for.
 */
public final class HealthChecks {

    private final Map<String, BooleanSupplier> live = new LinkedHashMap<>();
    private final Map<String, BooleanSupplier> ready = new LinkedHashMap<>();
    private final AtomicBoolean stopping = new AtomicBoolean();

    public HealthChecks() {
        both("ping", () -> true);
        ready.put("shutdown", () -> !stopping.get());
    }

    /** A check of all three endpoints. */
    public HealthChecks both(String name, BooleanSupplier check) {
        live.put(name, check);
        ready.put(name, check);
        return this;
    }

    /** A check of readiness only. */
    public HealthChecks readiness(String name, BooleanSupplier check) {
        ready.put(name, check);
        return this;
    }

    /** From now on not ready. */
    public void stop() {
        stopping.set(true);
    }

    public boolean isReady() {
        return ready.values().stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    void register(PathHandlers paths) {
        register(paths, "livez", live);
        register(paths, "readyz", ready);
        register(paths, "healthz", live);
    }

    private static void register(PathHandlers paths, String endpoint, Map<String, BooleanSupplier> checks) {
        paths.at("/" + endpoint, request -> Mono.just(answer(endpoint, checks, request)));
        paths.below("/" + endpoint + "/", request -> {
            BooleanSupplier check = checks.get(request.info().path().substring(endpoint.length() + 2));
            if (check == null) {
                return Mono.just(ApiResponse.text(404, "404 page not found\n"));
            }
            return Mono.just(
                    check.getAsBoolean()
                            ? ApiResponse.text(200, "ok")
                            : ApiResponse.text(500, "internal server error: reason withheld\n"));
        });
    }

    private static ApiResponse answer(String endpoint, Map<String, BooleanSupplier> checks, ApiRequest request) {
        Set<String> excluded = new LinkedHashSet<>(request.query().all("exclude"));
        var report = new StringBuilder();
        boolean failed = false;
        for (Map.Entry<String, BooleanSupplier> each : checks.entrySet()) {
            if (excluded.contains(each.getKey())) {
                report.append("[+]").append(each.getKey()).append(" excluded: ok\n");
            } else if (each.getValue().getAsBoolean()) {
                report.append("[+]").append(each.getKey()).append(" ok\n");
            } else {
                failed = true;
                report.append("[-]").append(each.getKey()).append(" failed: reason withheld\n");
            }
        }
        if (failed) {
            return ApiResponse.text(
                    500, report.append(endpoint).append(" check failed\n").toString());
        }
        return request.query().has("verbose")
                ? ApiResponse.text(
                        200, report.append(endpoint).append(" check passed\n").toString())
                : ApiResponse.text(200, "ok");
    }
}
