package io.kubespring.client.transport;

import io.kubespring.api.time.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/**
 * Counts and times the requests of another transport under client-go's names, labels and buckets. Answers that never end
 * (watches, followed logs) are counted, not timed or sized, as client-go has it.
 */
public final class MeteredTransport implements Transport {

    private static final String ERROR = "<error>";
    private static final Duration[] SECONDS = Arrays.stream(
                    new double[] {0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60})
            .mapToObj(seconds -> Duration.ofMillis((long) (seconds * 1000)))
            .toArray(Duration[]::new);
    private static final double[] BYTES = {64, 256, 512, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216};

    private final Transport delegate;
    private final MeterRegistry registry;
    private final TimeSource time;
    private final Map<Result, Counter> results = new ConcurrentHashMap<>();
    private final Map<String, Meters> meters = new ConcurrentHashMap<>();

    public MeteredTransport(Transport delegate, MeterRegistry registry, TimeSource time) {
        this.delegate = delegate;
        this.registry = registry;
        this.time = time;
    }

    private record Result(String method, String code) {}

    private record Meters(Timer duration, DistributionSummary sent, DistributionSummary received) {}

    @Override
    public Mono<Response> send(Request request) {
        return Mono.defer(() -> {
            long start = time.nanoTime();
            return delegate.send(request)
                    .doOnError(failure -> count(request.method(), ERROR))
                    .map(response -> counted(request, response, start));
        });
    }

    private Response counted(Request request, Response response, long start) {
        count(request.method(), Integer.toString(response.status()));
        if (request.streams()) {
            return response;
        }
        Meters found = meters.computeIfAbsent(request.method(), this::newMeters);
        byte[] body = request.body();
        found.sent().record(body == null ? 0 : body.length);
        var bytes = new AtomicLong();
        return new Response(
                response.status(),
                response.headers(),
                response.body()
                        .doOnNext(piece -> bytes.setPlain(bytes.getPlain() + piece.length))
                        .doOnTerminate(() -> {
                            found.received().record(bytes.getPlain());
                            found.duration().record(time.nanoTime() - start, TimeUnit.NANOSECONDS);
                        }));
    }

    private void count(String method, String code) {
        results.computeIfAbsent(new Result(method, code), this::newCounter).increment();
    }

    private Counter newCounter(Result result) {
        return Counter.builder(ClientMetric.REQUESTS.text())
                .description(ClientMetric.REQUESTS.help())
                .tags("code", result.code(), "method", result.method(), "host", delegate.host())
                .register(registry);
    }

    private Meters newMeters(String verb) {
        return new Meters(
                Timer.builder(ClientMetric.DURATION.text())
                        .description(ClientMetric.DURATION.help())
                        .tags("verb", verb, "host", delegate.host())
                        .serviceLevelObjectives(SECONDS)
                        .register(registry),
                sizes(ClientMetric.REQUEST_SIZE, verb),
                sizes(ClientMetric.RESPONSE_SIZE, verb));
    }

    private DistributionSummary sizes(ClientMetric metric, String verb) {
        return DistributionSummary.builder(metric.text())
                .description(metric.help())
                .tags("verb", verb, "host", delegate.host())
                .serviceLevelObjectives(BYTES)
                .register(registry);
    }

    @Override
    public String host() {
        return delegate.host();
    }

    @Override
    public Executor later() {
        return delegate.later();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
