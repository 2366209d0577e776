package io.kubespring.benchmarks.flowcontrol;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.flowcontrol.Ticket;
import io.kubespring.apiserver.limits.RequestLimits;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfo;
import io.kubespring.apiserver.request.RequestInfoParser;
import io.kubespring.storage.memory.MemoryStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Mono;

/**
 * A request through {@link RequestLimits} and out again: classified by the schemas of 1.36, given its seat, counted and
 * timed, with a deadline, on an idle server over real watch caches.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class GateBenchmark {

    private static final Mono<String> DONE = Mono.just("done");

    /** Masters are exempt; the others go through ten schemas, to a level with 128 queues. */
    @Param({"system:masters", "system:nodes", "people"})
    public String group = "";

    @Param({"GET", "PUT"})
    public String method = "";

    private @Nullable ApiServerCore core;
    private UserInfo user = UserInfo.anonymous();
    private RequestInfo info = RequestInfoParser.parse("GET", "/", QueryParameters.EMPTY);

    private final RequestLimits.Request<String> request = new RequestLimits.Request<>() {
        @Override
        public Mono<String> execute(Ticket ticket) {
            ticket.finish();
            return DONE;
        }

        @Override
        public Mono<String> refuse(ApiResponse answer) {
            throw new IllegalStateException("refused on an idle server");
        }

        @Override
        public Executor continuation() {
            return Runnable::run;
        }
    };

    @Setup
    public void start() throws InterruptedException {
        var time = SystemTime.instance();
        var server = new ApiServerCore(
                ApiServerConfig.open().withBootstrap(),
                MemoryStore.create(time),
                time,
                RandomSource.system(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        core = server;
        server.start();
        while (!server.ready()) {
            time.sleep(java.time.Duration.ofMillis(50));
        }
        user = UserInfo.of("somebody", group, UserInfo.AUTHENTICATED_GROUP);
        info = RequestInfoParser.parse(method, "/api/v1/namespaces/default/pods/a", QueryParameters.EMPTY);
    }

    @TearDown
    public void stop() {
        if (core != null) {
            core.close();
        }
    }

    @Benchmark
    public @Nullable String throughTheGate() {
        if (core == null) {
            throw new IllegalStateException("not started");
        }
        return core.server()
                .limits()
                .admit(info, QueryParameters.EMPTY, user, request)
                .block();
    }
}
