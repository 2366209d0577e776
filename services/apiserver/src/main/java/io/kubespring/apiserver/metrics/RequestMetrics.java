package io.kubespring.apiserver.metrics;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.DirectAnswer;
import io.kubespring.apiserver.request.RequestInfo;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import reactor.core.publisher.Mono;

/**
 * Counts and times requests. Meters are looked up once a combination of labels; labels come from what is served, never
 * from what a client makes up, so that their number is bounded.
 */
public final class RequestMetrics {

    private static final Duration[] BUCKETS = DoubleStream.of(
                    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45,
                    60)
            .mapToObj(seconds -> Duration.ofNanos((long) (seconds * 1e9)))
            .toArray(Duration[]::new);

    /** Subresources that are connections rather than objects. */
    private static final Set<String> CONNECTED = Set.of("attach", "exec", "portforward", "proxy");

    private final MeterRegistry registry;
    private final TimeSource time;
    private final AtomicInteger readOnly = new AtomicInteger();
    private final AtomicInteger mutating = new AtomicInteger();
    private final Map<Key, Meters> meters = new ConcurrentHashMap<>();
    private final Map<Labels, AtomicInteger> streams = new ConcurrentHashMap<>();

    public RequestMetrics(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
        inflight("readOnly", readOnly);
        inflight("mutating", mutating);
    }

    private record Labels(
            String verb, String group, String version, String resource, String subresource, String scope) {
        Tags tags() {
            return Tags.of(
                    "verb", verb,
                    "group", group,
                    "version", version,
                    "resource", resource,
                    "subresource", subresource,
                    "scope", scope,
                    "component", "apiserver");
        }
    }

    private record Key(Labels labels, int code, boolean dryRun) {}

    private record Meters(Counter total, Timer duration) {}

    private void inflight(String kind, AtomicInteger value) {
        Gauge.builder(ApiServerMetric.CURRENT_INFLIGHT.text(), value, AtomicInteger::get)
                .description(ApiServerMetric.CURRENT_INFLIGHT.help())
                .tag("request_kind", kind)
                .register(registry);
    }

    /**
     * Watches one request from here to the end of its answer.
     *
     * @param served whether its resource or path is one of ours
     */
    public Mono<ApiResponse> observe(ApiRequest request, boolean served, Mono<ApiResponse> answer) {
        long start = time.nanoTime();
        Labels labels = labels(request.info(), served);
        AtomicInteger inflight = isReadOnly(labels.verb()) ? readOnly : mutating;
        inflight.incrementAndGet();
        return answer.map(response -> watched(request, labels, start, response))
                .doFinally(end -> inflight.decrementAndGet());
    }

    private ApiResponse watched(ApiRequest request, Labels labels, long start, ApiResponse response) {
        if (response instanceof ApiResponse.Streamed streamed) {
            AtomicInteger open =
                    streamed.longRunning() ? streams.computeIfAbsent(labels, this::stream) : new AtomicInteger();
            open.incrementAndGet();
            return new ApiResponse.Streamed(
                    streamed.status(),
                    streamed.contentType(),
                    streamed.headers(),
                    streamed.body().doFinally(end -> {
                        open.decrementAndGet();
                        count(request, labels, start, streamed.status());
                    }),
                    streamed.longRunning());
        }
        if (response instanceof ApiResponse.Direct direct) {
            return new ApiResponse.Direct(counted(direct.answer(), request, labels, start));
        }
        count(request, labels, start, response.status());
        return response;
    }

    /** Proxied exchanges and connections that were taken over are long-running ones, until they end. */
    private DirectAnswer counted(DirectAnswer answer, ApiRequest request, Labels labels, long start) {
        AtomicInteger open = streams.computeIfAbsent(labels, this::stream);
        return (in, out) -> Mono.defer(() -> {
            open.incrementAndGet();
            var failed = new AtomicInteger();
            return answer.serve(in, out)
                    .doOnError(StatusException.class, refused -> failed.set(refused.code()))
                    .doFinally(end -> {
                        open.decrementAndGet();
                        count(
                                request,
                                labels,
                                start,
                                failed.get() == 0 ? out.status().code() : failed.get());
                    });
        });
    }

    private void count(ApiRequest request, Labels labels, long start, int code) {
        var key = new Key(labels, code, request.query().has("dryRun"));
        Meters found = meters.get(key);
        if (found == null) {
            found = meters.computeIfAbsent(key, this::meters);
        }
        found.total().increment();
        found.duration().record(time.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private Meters meters(Key key) {
        Tags tags = key.labels().tags().and("dry_run", key.dryRun() ? "All" : "");
        return new Meters(
                Counter.builder(ApiServerMetric.REQUEST_TOTAL.text())
                        .description(ApiServerMetric.REQUEST_TOTAL.help())
                        .tags(tags.and("code", Integer.toString(key.code())))
                        .register(registry),
                Timer.builder(ApiServerMetric.REQUEST_DURATION.text())
                        .description(ApiServerMetric.REQUEST_DURATION.help())
                        .serviceLevelObjectives(BUCKETS)
                        .tags(tags)
                        .register(registry));
    }

    private AtomicInteger stream(Labels labels) {
        var open = new AtomicInteger();
        Gauge.builder(ApiServerMetric.LONGRUNNING.text(), open, AtomicInteger::get)
                .description(ApiServerMetric.LONGRUNNING.help())
                .tags(labels.tags())
                .register(registry);
        return open;
    }

    private static Labels labels(RequestInfo info, boolean served) {
        if (!info.resourceRequest() || !served) {
            return new Labels(info.verb().equals("get") ? "GET" : "other", "", "", "", "", "");
        }
        return new Labels(
                CONNECTED.contains(info.subresource()) ? "CONNECT" : verb(info.verb()),
                info.apiGroup(),
                info.apiVersion(),
                info.resource(),
                info.subresource(),
                scope(info));
    }

    private static String scope(RequestInfo info) {
        if (!info.name().isEmpty() || info.verb().equals("create")) {
            return "resource";
        }
        return info.namespace().isEmpty() ? "cluster" : "namespace";
    }

    private static boolean isReadOnly(String verb) {
        return verb.equals("GET") || verb.equals("LIST") || verb.equals("WATCH");
    }

    private static String verb(String verb) {
        return switch (verb) {
            case "get" -> "GET";
            case "list" -> "LIST";
            case "watch" -> "WATCH";
            case "create" -> "POST";
            case "update" -> "PUT";
            case "patch" -> "PATCH";
            case "delete" -> "DELETE";
            case "deletecollection" -> "DELETECOLLECTION";
            default -> "other";
        };
    }
}
