package io.kubespring.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import io.kubespring.storage.RecordingSubscriber;
import io.kubespring.storage.Store;
import io.kubespring.storage.Store.Event;
import io.kubespring.storage.StoreException;
import io.kubespring.testing.etcd.EtcdServer;
import io.kubespring.testing.net.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** etcd killed, paused, restarted, out of reach, and its stream cut, under load: nothing answered is lost. */
class EtcdFaultsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final EtcdServer etcd = EtcdServer.start();

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @BeforeEach
    void open() {
        store = open(etcd.port());
    }

    private static Store open(int port) {
        return EtcdStore.open(
                EtcdOptions.of("http://127.0.0.1:" + port).withRequestTimeout(TIMEOUT), SystemTime.instance());
    }

    @AfterEach
    void close() {
        store.close();
        etcd.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where nobody else writes, every revision is seen once. */
    private void assertComplete(Load load, long start, RecordingSubscriber watcher) {
        load.assertComplete(store, watcher);
        assertThat(watcher.events())
                .extracting(Event::revision)
                .containsExactlyElementsOf(LongStream.rangeClosed(
                                start + 1, store.currentRevision().join())
                        .boxed()
                        .toList());
    }

    @Test
    void killedAndRestartedUnderLoadNothingAnsweredIsLostAndTheWatchIsComplete() throws Exception {
        long start = store.currentRevision().join();
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/load/", start).subscribe(watcher);
        var load = new Load(store, "/load/", 8);
        for (int round = 0; round < 3; round++) {
            load.awaitWrites(100);
            etcd.kill();
            etcd.restart();
        }
        load.awaitWrites(100);
        load.stop();
        assertComplete(load, start, watcher);
    }

    @Test
    void pausedUnderLoadRequestsFailInTimeAndEverythingGoesOnAfterwards() throws Exception {
        long start = store.currentRevision().join();
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/load/", start).subscribe(watcher);
        var load = new Load(store, "/load/", 8);
        load.awaitWrites(100);
        etcd.pause();
        var read = store.currentRevision();
        var write = store.create("/load/paused", bytes("0"), null);
        assertThat(failure(read)).isInstanceOf(StoreException.Unavailable.class);
        assertThat(failure(write)).isInstanceOf(StoreException.Unavailable.class);
        assertThat(failure(store.check())).isInstanceOf(StoreException.Unavailable.class);
        etcd.resume();
        load.awaitWrites(100);
        load.stop();
        load.answered.putIfAbsent("/load/paused", 0);
        load.answered
                .keySet()
                .removeIf(key -> key.equals("/load/paused") && store.get(key).join() == null);
        assertComplete(load, start, watcher);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return future.handle((done, failure) -> failure == null ? new AssertionError("answered") : failure)
                .thenApply(failure -> failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)
                .join();
    }

    @Test
    void outOfReachEveryRequestFailsInTimeAndTheFirstAfterwardsSucceeds() {
        store.create("/a", bytes("1"), null).join();
        etcd.kill();
        assertThat(List.<CompletableFuture<?>>of(
                        store.get("/a"),
                        store.list("/", null, 0, 0),
                        store.count("/"),
                        store.currentRevision(),
                        store.create("/b", bytes("1"), Duration.ofMinutes(1)),
                        store.delete("/a", 2),
                        store.compact(1),
                        store.check()))
                .allSatisfy(request -> assertThat(failure(request)).isInstanceOf(StoreException.Unavailable.class));
        etcd.restart();
        assertThat(store.get("/a").join()).isNotNull();
        assertThat(store.create("/b", bytes("1"), null).join()).isPositive();
    }

    @Test
    void aRestartWithinTheDeadlineIsADelayAndNotAnError() {
        store.create("/a", bytes("1"), null).join();
        etcd.kill();
        var read = store.get("/a");
        var write = store.create("/b", bytes("1"), null);
        etcd.restart();
        assertThat(read.join()).isNotNull();
        assertThat(write.join()).isPositive();
    }

    @Test
    void aStreamCutInTheMiddleOfABacklogSkipsAndRepeatsNothing() {
        long before = store.currentRevision().join();
        long last = before;
        List<CompletableFuture<Long>> writes = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            writes.add(store.create("/cut/" + i, new byte[2_000], null));
            if (i % 100 == 99) {
                last = writes.getLast().join();
            }
        }
        writes.forEach(CompletableFuture::join);
        try (var proxy = new TcpProxy(etcd.port(), 100_000L, 350_000L, 20L, 1_000_000L, 2_000_000L);
                Store through = open(proxy.port())) {
            var watcher = new RecordingSubscriber(Long.MAX_VALUE);
            through.watch("/cut/", before).subscribe(watcher);
            watcher.awaitRevision(last);
            assertThat(proxy.cuts()).isEqualTo(5);
            for (int i = 0; i < 10; i++) {
                last = store.create("/cut/live" + i, bytes("x"), null).join();
                proxy.cutAll();
            }
            watcher.awaitRevision(last);
            assertThat(watcher.events()).hasSize(2_510);
            assertThat(watcher.events()).extracting(Event::revision).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void anEtcdThatForgotWhatWasSeenEndsEveryWatchSoThatAllIsListedAgain() {
        long before = store.currentRevision().join();
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", before).subscribe(watcher);
        for (int i = 0; i < 20; i++) {
            store.create("/p/" + i, bytes("x"), null).join();
        }
        watcher.awaitEvents(20);
        etcd.kill();
        etcd.wipe();
        etcd.restart();
        assertThat(watcher.awaitError()).isInstanceOf(StoreException.Compacted.class);
        long now = store.currentRevision().join();
        var again = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", now).subscribe(again);
        store.create("/p/new", bytes("y"), null).join();
        again.awaitEvents(1);
    }
}
