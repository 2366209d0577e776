package io.kubespring.benchmarks.cache;

import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.cache.EncodedForms;
import io.kubespring.apiserver.cache.JsonFrameEncoder;
import io.kubespring.apiserver.cache.Selection;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.cache.WatchCache;
import io.kubespring.apiserver.cache.WatchRequest;
import io.kubespring.storage.Store;
import io.kubespring.storage.history.HistoryLimits;
import io.kubespring.storage.memory.MemoryStore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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

/** One update with 1,000 watchers: all of them concerned, or one kubelet among them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class WatchFanOutBenchmark {

    private static final int WATCHERS = 1_000;

    @Param({"everything", "oneNode"})
    public String watchers = "";

    private final LongAdder delivered = new LongAdder();
    private final byte[] value = StoredObject.encode(SamplePods.pod(7));
    private final Store store = MemoryStore.create(SystemTime.instance());
    private final WatchCache cache = new WatchCache(
            store,
            "/registry/pods",
            SamplePods.FIELDS,
            HistoryLimits.DEFAULT,
            SystemTime.instance(),
            Runnable::run,
            new EncodedForms(1 << 20));
    private long revision;

    @Setup
    public void watch() {
        revision = store.create(SamplePods.key(7), value, null).join();
        for (int i = 0; i < WATCHERS; i++) {
            String node = watchers.equals("oneNode") ? "node-" + i : "";
            var selection = new Selection("", "", node, object -> true);
            cache.watch(new WatchRequest(revision, selection, false, false, new JsonFrameEncoder("v1", "Pod")))
                    .subscribe(batch -> delivered.add(batch.frames().size()));
        }
    }

    @TearDown
    public void close() {
        cache.close();
        store.close();
    }

    @Benchmark
    public long update() {
        revision = store.update(SamplePods.key(7), value, revision, null).join();
        return revision;
    }
}
