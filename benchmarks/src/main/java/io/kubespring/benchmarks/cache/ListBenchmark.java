package io.kubespring.benchmarks.cache;

import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.cache.EncodedForms;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.cache.WatchCache;
import io.kubespring.storage.Store;
import io.kubespring.storage.history.HistoryLimits;
import io.kubespring.storage.memory.MemoryStore;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A list of 5,000 Pods of 7 KB up to the socket: walking a snapshot, and copying its bytes into chunks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ListBenchmark {

    private static final int PODS = 5_000;

    private final byte[] chunk = new byte[64 << 10];
    private final Store store = MemoryStore.create(SystemTime.instance());
    private final WatchCache cache = new WatchCache(
            store,
            "/registry/pods",
            SamplePods.FIELDS,
            HistoryLimits.DEFAULT,
            SystemTime.instance(),
            Runnable::run,
            new EncodedForms(1 << 20));

    @Setup
    public void fill() {
        for (int i = 0; i < PODS; i++) {
            store.create(SamplePods.key(i), StoredObject.encode(SamplePods.pod(i)), null)
                    .join();
        }
    }

    @TearDown
    public void close() {
        cache.close();
        store.close();
    }

    @Benchmark
    public long copyAll() {
        long bytes = 0;
        Snapshot snapshot = cache.snapshot();
        for (Iterator<StoredObject> objects = snapshot.objects("bench"); objects.hasNext(); ) {
            StoredObject object = objects.next();
            bytes += object.writeTo(chunk, 0, object.revision());
        }
        return bytes;
    }

    /** What a selector costs that matches one in a hundred. */
    @Benchmark
    public int selectByNode() {
        int found = 0;
        for (Iterator<StoredObject> objects = cache.snapshot().objects("bench"); objects.hasNext(); ) {
            found += "node-7".equals(objects.next().field("spec.nodeName")) ? 1 : 0;
        }
        return found;
    }

    @Benchmark
    public StoredObject get() {
        StoredObject found = cache.snapshot().get("bench", "pod-2500");
        if (found == null) {
            throw new IllegalStateException();
        }
        return found;
    }
}
