package io.kubespring.benchmarks.cache;

import io.kubespring.apiserver.cache.StoredObject;
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
import tools.jackson.databind.node.ObjectNode;

/** What one object costs on its way in (encode, read) and out (splice), against a tree. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class StoredObjectBenchmark {

    private final ObjectNode tree = SamplePods.pod(7);
    private final byte[] stored = StoredObject.encode(tree);
    private final StoredObject object = StoredObject.read(SamplePods.key(7), stored, 123_456, SamplePods.FIELDS);

    /** The write path's last step. */
    @Benchmark
    public byte[] encode() {
        return StoredObject.encode(tree);
    }

    /** The watch cache's feed: every write passes it. */
    @Benchmark
    public StoredObject read() {
        return StoredObject.read(SamplePods.key(7), stored, 123_456, SamplePods.FIELDS);
    }

    /** A GET's body. */
    @Benchmark
    public byte[] splice() {
        return object.json();
    }

    @Benchmark
    public ObjectNode tree() {
        return object.tree();
    }
}
