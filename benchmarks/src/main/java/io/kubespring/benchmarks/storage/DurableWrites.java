package io.kubespring.benchmarks.storage;

import io.kubespring.api.time.SystemTime;
import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store;
import io.kubespring.storage.etcd.EtcdOptions;
import io.kubespring.storage.etcd.EtcdStore;
import io.kubespring.storage.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Durable writes a second of a store: so many clients, each with one write under way, half creations and half
 * updates of 2 KB values. The counterpart is {@code etcdctl check perf}. Arguments: folder, clients, writes;
 * with an endpoint as fourth, the same on the etcd that is there.
 */
public final class DurableWrites {

    private static final int VALUE_BYTES = 2048;

    private final Store store;
    private final AtomicInteger started = new AtomicInteger();
    private final int writes;
    private final CountDownLatch finished;
    private final String run = ProcessHandle.current().pid() + "-" + hashCode();
    private final byte[] value = new byte[VALUE_BYTES];

    private DurableWrites(Store store, int writes) {
        this.store = store;
        this.writes = writes;
        this.finished = new CountDownLatch(writes);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int clients = Integer.parseInt(arguments[1]);
        int writes = Integer.parseInt(arguments[2]);
        TimeSource time = SystemTime.instance();
        for (int round = 0; round < 3; round++) {
            Path database = Files.createTempFile(folder, "writes", ".db");
            try (Store store = open(arguments, database, time)) {
                var run = new DurableWrites(store, writes);
                long before = time.nanoTime();
                for (int client = 0; client < clients; client++) {
                    run.next();
                }
                run.finished.await();
                double seconds = (time.nanoTime() - before) / 1e9;
                System.out.printf("%d clients: %.0f durable writes/s%n", clients, writes / seconds);
            } finally {
                Files.delete(database);
            }
        }
    }

    private static Store open(String[] arguments, Path database, TimeSource time) {
        return arguments.length > 3
                ? EtcdStore.open(EtcdOptions.of(arguments[3]), time)
                : SqliteStore.open(database, time);
    }

    private void next() {
        int number = started.getAndIncrement();
        if (number >= writes) {
            return;
        }
        String key = "/bench/" + run + "/" + number;
        store.create(key, value, null).whenComplete((revision, failure) -> {
            finished.countDown();
            if (failure == null && started.getAndIncrement() < writes) {
                store.update(key, value, revision, null).whenComplete((updated, refused) -> {
                    finished.countDown();
                    next();
                });
            }
        });
    }
}
