package io.kubespring.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.grpc.ManagedChannel;
import io.kubespring.api.time.ManualTime;
import io.kubespring.api.time.SystemTime;
import io.kubespring.storage.RecordingSubscriber;
import io.kubespring.storage.Store;
import io.kubespring.storage.Store.Entry;
import io.kubespring.storage.StoreException;
import io.kubespring.testing.etcd.EtcdServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is particular to etcd: how it is used, and what else may be in it. One server for all; keys do not overlap. */
class EtcdFeaturesTest {

    @SuppressWarnings("NullAway.Init")
    private static EtcdServer etcd;

    private final List<Store> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        etcd = EtcdServer.startInMemory();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @AfterEach
    void close() {
        opened.forEach(Store::close);
    }

    private Store open(EtcdOptions options) {
        Store store = EtcdStore.open(options, SystemTime.instance());
        opened.add(store);
        return store;
    }

    private Store open() {
        return open(EtcdOptions.of(etcd.endpoint()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A client that has nothing of ours in between. */
    private static <T> T raw(java.util.function.Function<ManagedChannel, T> use) {
        ManagedChannel channel = EtcdChannel.open(EtcdOptions.of(etcd.endpoint()));
        try {
            return use.apply(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    private static KeyValue rawGet(String key) {
        var request =
                RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)).build();
        return raw(channel -> KVGrpc.newBlockingStub(channel).range(request)).getKvs(0);
    }

    @Test
    void whatOneServerWritesAnotherReadsAndWatches() {
        Store one = open();
        Store other = open();
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        other.watch("/several/", other.currentRevision().join()).subscribe(watcher);
        for (int i = 0; i < 50; i++) {
            long written = one.create("/several/" + i, bytes("x" + i), null).join();
            assertThat(other.currentRevision().join()).isGreaterThanOrEqualTo(written);
            Entry read = other.get("/several/" + i).join();
            assertThat(read).isNotNull();
            assertThat(read.revision()).isEqualTo(written);
        }
        watcher.awaitEvents(50);
        assertThat(watcher.described())
                .containsExactlyElementsOf(IntStream.range(0, 50)
                        .mapToObj(i -> "/several/" + i + " null>x" + i)
                        .toList());
    }

    @Test
    void anotherPrefixIsAnotherClusterInTheSameEtcd() {
        Store ours = open(EtcdOptions.of(etcd.endpoint()).withPrefix("/tenant"));
        Store theirs = open();
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        ours.watch("/registry/", ours.currentRevision().join()).subscribe(watcher);
        theirs.create("/registry/prefix/a", bytes("theirs"), null).join();
        long revision = ours.create("/registry/prefix/a", bytes("ours"), null).join();

        assertThat(rawGet("/tenant/prefix/a").getValue().toStringUtf8()).isEqualTo("ours");
        watcher.awaitRevision(revision);
        assertThat(watcher.described()).containsExactly("/registry/prefix/a null>ours");
        assertThat(ours.list("/registry/", null, 0, 0).join().entries())
                .extracting(Entry::key)
                .containsExactly("/registry/prefix/a");
        assertThatThrownBy(() -> ours.get("/elsewhere")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWatcherLearnsOfProgressEvenWhenOnlyOthersWriteOutsideOfEveryPrefix() {
        Store store = open();
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/registry/quiet/", store.currentRevision().join()).subscribe(watcher);
        var put = PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("somebody-elses"))
                .build();
        long written = raw(channel -> KVGrpc.newBlockingStub(channel).put(put))
                .getHeader()
                .getRevision();
        watcher.awaitRevision(written);
        assertThat(watcher.events()).isEmpty();
    }

    @Test
    void manyReadersOfTheRevisionShareQuorumReadsAndNoneReadsAnOldOne() {
        Store store = open();
        for (int round = 0; round < 20; round++) {
            long written = store.create("/shared/" + round, bytes("x"), null).join();
            List<CompletableFuture<Long>> reads = IntStream.range(0, 100)
                    .mapToObj(i -> store.currentRevision())
                    .toList();
            assertThat(reads).allSatisfy(read -> assertThat(read.join()).isGreaterThanOrEqualTo(written));
        }
    }

    @Test
    void aListLongerThanOnePieceIsOfOneRevision() {
        Store store = open();
        for (int i = 0; i < 1_100; i++) {
            store.create("/long/%04d".formatted(i), bytes("x"), null).join();
        }
        var all = store.list("/long/", null, 0, 0);
        store.create("/long/late", bytes("x"), null).join();
        assertThat(all.join().entries())
                .hasSizeBetween(1_100, 1_101)
                .isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
        Store.Page page = store.list("/long/", "/long/0300", 700, 0).join();
        assertThat(page.entries()).hasSize(700).first().extracting(Entry::key).isEqualTo("/long/0300");
        assertThat(page.remaining()).isEqualTo(101);
    }

    @Test
    void requestsBeyondTheLimitsAreRefusedInUpstreamsWords() {
        Store store = open();
        assertThatThrownBy(() ->
                        store.create("/large/a", new byte[1_600_000], null).join())
                .cause()
                .isInstanceOf(StoreException.TooLarge.class)
                .hasMessage("etcdserver: request is too large");
        assertThatThrownBy(() ->
                        store.create("/large/b", new byte[2_200_000], null).join())
                .cause()
                .isInstanceOf(StoreException.TooLarge.class)
                .hasMessageStartingWith(
                        "rpc error: code = ResourceExhausted desc = trying to send message larger than max (");
        assertThat(store.create("/large/c", new byte[1_400_000], null).join()).isPositive();
    }

    @Test
    void keysWithATimeToLiveShareALease() {
        Store store = open();
        for (int i = 0; i < 30; i++) {
            store.create("/leased/" + i, bytes("x"), Duration.ofHours(1)).join();
        }
        store.create("/leased/short", bytes("x"), Duration.ofMinutes(10)).join();
        assertThat(IntStream.range(0, 30).mapToObj(i -> rawGet("/leased/" + i).getLease()))
                .containsOnly(rawGet("/leased/0").getLease())
                .doesNotContain(0L, rawGet("/leased/short").getLease());
    }

    @Test
    void oneOfSeveralServersCompactsOnceAnIntervalToWhereTheClockStoodBefore() {
        var time = new ManualTime(Instant.EPOCH);
        var options = EtcdOptions.of(etcd.endpoint()).withCompactionInterval(Duration.ofMinutes(5));
        Store one = EtcdStore.open(options, time);
        Store other = EtcdStore.open(options, time);
        opened.addAll(List.of(one, other));
        long first = one.create("/compacted/a", bytes("1"), null).join();
        long second = one.update("/compacted/a", bytes("2"), first, null).join();

        time.advance(Duration.ofMinutes(5));
        await(() -> clock() == 1);
        long third = one.update("/compacted/a", bytes("3"), second, null).join();
        assertThat(one.list("/compacted/", null, 0, first).join().entries()).hasSize(1);
        time.advance(Duration.ofMinutes(5));
        await(() -> clock() == 2);

        await(() -> refusal(one, first) instanceof StoreException.Compacted);
        assertThat(refusal(one, first))
                .isInstanceOfSatisfying(
                        StoreException.Compacted.class,
                        gone -> assertThat(gone.oldest())
                                .isGreaterThanOrEqualTo(second)
                                .isLessThan(third));
        assertThat(rawGet("compact_rev_key").getValue().toStringUtf8())
                .isEqualTo(Long.toString(((StoreException.Compacted) refusal(one, first)).oldest()));
    }

    private static long clock() {
        var request = RangeRequest.newBuilder().setKey(Compactor.REVISION_KEY).build();
        var found =
                raw(channel -> KVGrpc.newBlockingStub(channel).range(request)).getKvsList();
        return found.isEmpty() ? 0 : found.getFirst().getVersion();
    }

    private static Throwable refusal(Store store, long revision) {
        return store.list("/compacted/", null, 0, revision)
                .handle((page, failure) -> failure == null ? new AssertionError("still there") : failure)
                .thenApply(failure -> failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)
                .join();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aWatchFromLongAgoCatchesUpAndGoesOnWithTheOthers() {
        Store store = open();
        long before = store.currentRevision().join();
        var early = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/ago/", before).subscribe(early);
        List<CompletableFuture<Long>> writes = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            writes.add(store.create("/ago/" + i, bytes("x"), null));
            if (i % 200 == 0) {
                writes.getLast().join();
            }
        }
        writes.forEach(CompletableFuture::join);
        early.awaitEvents(6_000);
        var late = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/ago/", before).subscribe(late);
        long last = store.create("/ago/last", bytes("x"), null).join();
        late.awaitRevision(last);
        early.awaitRevision(last);
        assertThat(late.events()).hasSize(6_001);
        assertThat(late.described()).isEqualTo(early.described());
        assertThat(store.delete("/ago/last", last).join()).isGreaterThan(last);
        late.awaitEvents(6_002);
    }

    @Test
    void aBacklogOfLargeValuesComesInFragments() {
        Store store = open();
        long before = store.currentRevision().join();
        long last = before;
        for (int i = 0; i < 150; i++) {
            last = store.create("/fragments/" + i, new byte[700_000], null).join();
        }
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/fragments/", before).subscribe(watcher);
        watcher.awaitRevision(last);
        assertThat(watcher.events()).hasSize(150);
    }
}
