package io.kubespring.apiserver.metrics;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.DirectAnswer;
import io.kubespring.apiserver.request.RequestInfo;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Counts, times and sizes requests. Meters are looked up once a combination of {@link RequestLabels}. */
public final class RequestMetrics {

    private final MeterRegistry registry;
    private final TimeSource time;
    private final HighWater readOnly;
    private final HighWater mutating;
    private final HighWater waitingReads;
    private final HighWater waitingWrites;
    private final Map<Key, Meters> meters = new ConcurrentHashMap<>();
    private final Map<RequestLabels, AtomicInteger> streams = new ConcurrentHashMap<>();
    private final Set<Deprecated> deprecated = ConcurrentHashMap.newKeySet();

    public RequestMetrics(MeterRegistry registry, TimeSource time) {
        this.registry = registry;
        this.time = time;
        readOnly = highest(ApiServerMetric.CURRENT_INFLIGHT, "readOnly");
        mutating = highest(ApiServerMetric.CURRENT_INFLIGHT, "mutating");
        waitingReads = highest(ApiServerMetric.CURRENT_INQUEUE, "readOnly");
        waitingWrites = highest(ApiServerMetric.CURRENT_INQUEUE, "mutating");
    }

    private record Deprecated(String group, String version, String resource, String subresource) {}

    private record Key(RequestLabels labels, int code, boolean dryRun) {}

    /** @param size null for requests whose answers' sizes are of no interest */
    private record Meters(
            Counter total,
            Timer duration,
            Timer sli,
            @Nullable DistributionSummary size) {}

    private HighWater highest(ApiServerMetric metric, String kind) {
        var value = new HighWater(time);
        Gauge.builder(metric.text(), value, HighWater::read)
                .description(metric.help())
                .tag("request_kind", kind)
                .register(registry);
        return value;
    }

    /**
     * Watches one request from here to the end of its answer.
     *
     * @param served whether its resource or path is one of ours
     */
    public Mono<ApiResponse> observe(ApiRequest request, boolean served, Mono<ApiResponse> answer) {
        long start = time.nanoTime();
        RequestLabels labels = labels(request, served);
        HighWater inflight = labels.readOnly() ? readOnly : mutating;
        inflight.up();
        return answer.map(response -> watched(request, labels, start, response)).doFinally(end -> inflight.down());
    }

    /** One begins to wait in a queue, or does not any more. */
    public void waits(RequestInfo info, boolean begins) {
        boolean read = switch (info.verb()) {
            case "get", "list", "watch" -> true;
            default -> false;
        };
        HighWater waiting = read ? waitingReads : waitingWrites;
        if (begins) {
            waiting.up();
        } else {
            waiting.down();
        }
    }

    /** One asks for a resource that is deprecated. */
    public void deprecated(RequestInfo info) {
        var asked = new Deprecated(info.apiGroup(), info.apiVersion(), info.resource(), info.subresource());
        if (deprecated.add(asked)) {
            Gauge.builder(ApiServerMetric.DEPRECATED_APIS.text(), () -> 1)
                    .description(ApiServerMetric.DEPRECATED_APIS.help())
                    .tags("group", asked.group(), "version", asked.version())
                    .tags("resource", asked.resource(), "subresource", asked.subresource())
                    .tag("removed_release", "")
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** One that was turned away or cut off before its handler could answer. */
    public void terminated(RequestInfo info, boolean served, int code) {
        RequestLabels labels = RequestLabels.of(info, served, false);
        Counter.builder(ApiServerMetric.REQUEST_TERMINATIONS.text())
                .description(ApiServerMetric.REQUEST_TERMINATIONS.help())
                .tags(labels.tags().and("code", Integer.toString(code)))
                .register(registry)
                .increment();
        if (code == 429) {
            found(new Key(labels, code, false)).total().increment();
        }
    }

    private static RequestLabels labels(ApiRequest request, boolean served) {
        boolean apply = false;
        if (request.info().verb().equals("patch")) {
            String type = request.headers().first("content-type");
            apply = type != null && type.startsWith("application/apply-patch");
        }
        return RequestLabels.of(request.info(), served, apply);
    }

    private ApiResponse watched(ApiRequest request, RequestLabels labels, long start, ApiResponse response) {
        if (response instanceof ApiResponse.Streamed streamed) {
            return streamed.longRunning()
                    ? open(request, labels, start, streamed)
                    : sized(request, labels, start, streamed);
        }
        if (response instanceof ApiResponse.Direct direct) {
            return new ApiResponse.Direct(counted(direct.answer(), request, labels, start));
        }
        count(request, labels, start, response.status(), response instanceof ApiResponse.Bytes b ? b.body().length : 0);
        return response;
    }

    private ApiResponse open(ApiRequest request, RequestLabels labels, long start, ApiResponse.Streamed streamed) {
        AtomicInteger open = streams.computeIfAbsent(labels, this::stream);
        open.incrementAndGet();
        return streamed.withBody(streamed.body().doFinally(end -> {
            open.decrementAndGet();
            count(request, labels, start, streamed.status(), 0);
        }));
    }

    private ApiResponse sized(ApiRequest request, RequestLabels labels, long start, ApiResponse.Streamed streamed) {
        var bytes = new AtomicLong();
        return streamed.withBody(streamed.body()
                .doOnNext(piece -> bytes.setPlain(bytes.getPlain() + piece.length))
                .doFinally(end -> count(request, labels, start, streamed.status(), bytes.getPlain())));
    }

    /** Proxied exchanges and connections that were taken over are long-running ones, until they end. */
    private DirectAnswer counted(DirectAnswer answer, ApiRequest request, RequestLabels labels, long start) {
        AtomicInteger open = streams.computeIfAbsent(labels, this::stream);
        return (in, out) -> Mono.defer(() -> {
            open.incrementAndGet();
            var failed = new AtomicInteger();
            return answer.serve(in, out)
                    .doOnError(StatusException.class, refused -> failed.set(refused.code()))
                    .doFinally(end -> {
                        open.decrementAndGet();
                        int code = failed.get() == 0 ? out.status().code() : failed.get();
                        count(request, labels, start, code, 0);
                    });
        });
    }

    private void count(ApiRequest request, RequestLabels labels, long start, int code, long bytes) {
        Meters found = found(new Key(labels, code, request.query().has("dryRun")));
        long nanos = time.nanoTime() - start;
        found.total().increment();
        found.duration().record(nanos, TimeUnit.NANOSECONDS);
        found.sli().record(nanos, TimeUnit.NANOSECONDS);
        if (found.size() != null) {
            found.size().record(bytes);
        }
    }

    private Meters found(Key key) {
        Meters found = meters.get(key);
        return found == null ? meters.computeIfAbsent(key, this::meters) : found;
    }

    private Meters meters(Key key) {
        Tags labels = key.labels().tags();
        Tags tags = labels.and("dry_run", key.dryRun() ? "All" : "");
        return new Meters(
                Counter.builder(ApiServerMetric.REQUEST_TOTAL.text())
                        .description(ApiServerMetric.REQUEST_TOTAL.help())
                        .tags(tags.and("code", Integer.toString(key.code())))
                        .register(registry),
                Timer.builder(ApiServerMetric.REQUEST_DURATION.text())
                        .description(ApiServerMetric.REQUEST_DURATION.help())
                        .serviceLevelObjectives(RequestBuckets.DURATION)
                        .tags(tags)
                        .register(registry),
                Timer.builder(ApiServerMetric.REQUEST_SLI.text())
                        .description(ApiServerMetric.REQUEST_SLI.help())
                        .serviceLevelObjectives(RequestBuckets.SLI)
                        .tags(labels)
                        .register(registry),
                key.labels().sized()
                        ? DistributionSummary.builder(ApiServerMetric.RESPONSE_SIZES.text())
                                .description(ApiServerMetric.RESPONSE_SIZES.help())
                                .serviceLevelObjectives(RequestBuckets.RESPONSE_BYTES)
                                .tags(labels)
                                .register(registry)
                        : null);
    }

    private AtomicInteger stream(RequestLabels labels) {
        var open = new AtomicInteger();
        Gauge.builder(ApiServerMetric.LONGRUNNING.text(), open, AtomicInteger::get)
                .description(ApiServerMetric.LONGRUNNING.help())
                .tags(labels.tags())
                .register(registry);
        return open;
    }
}
