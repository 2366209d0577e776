package io.kubespring.benchmarks.cache;

import io.kubespring.api.selector.LabelSelector;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a watch or list with a selector pays for each object. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SelectorBenchmark {

    private final Map<String, String> labels =
            Map.of("app", "web", "tier", "front", "pod-template-hash", "5d4f8c7b9", "zone", "b");
    private final LabelSelector equality = LabelSelector.parse("app=web,tier=front");
    private final LabelSelector sets = LabelSelector.parse("app in (api,web),zone notin (a,c),!canary");
    private final LabelSelector other = LabelSelector.parse("app=db");

    @Benchmark
    public boolean equality() {
        return equality.matches(labels);
    }

    @Benchmark
    public boolean sets() {
        return sets.matches(labels);
    }

    @Benchmark
    public boolean noMatch() {
        return other.matches(labels);
    }

    @Benchmark
    public LabelSelector parse() {
        return LabelSelector.parse("app in (api,web),zone notin (a,c),!canary");
    }
}
