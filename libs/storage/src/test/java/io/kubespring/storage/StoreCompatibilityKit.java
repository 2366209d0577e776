package io.kubespring.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.time.ManualTime;
import io.kubespring.storage.Store.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Store} must do. An implementation's test extends this and says how to open one. */
public abstract class StoreCompatibilityKit {

    protected final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));

    @SuppressWarnings("NullAway.Init")
    protected Store store;

    /** A new, empty store. */
    protected abstract Store open();

    /** A time to live, where the store's own clock counts it: so much shorter that a test can wait for it. */
    protected Duration timeToLive(Duration meant) {
        return meant;
    }

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    protected static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new CompletionException(failure.getCause());
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }

    @Test
    void createdEntriesAreReadWithTheirRevision() {
        long revision = await(store.create("/a/1", bytes("one"), null));
        Entry entry = await(store.get("/a/1"));
        assertThat(entry).isNotNull();
        assertThat(text(entry.value())).isEqualTo("one");
        assertThat(entry.revision()).isEqualTo(revision);
        assertThat(await(store.currentRevision())).isEqualTo(revision);
        assertThat(await(store.get("/a/2"))).isNull();
    }

    @Test
    void valuesAreLimitedAsEtcdLimitsThem() {
        int limit = 3 << 19;
        byte[] fits = new byte[limit - 1_000];
        long revision = await(store.create("/a/1", fits, null));
        assertThat(await(store.get("/a/1")).value()).hasSize(fits.length);
        assertThatThrownBy(() -> await(store.create("/a/2", new byte[limit], null)))
                .hasRootCauseInstanceOf(StoreException.TooLarge.class)
                .rootCause()
                .hasMessageContaining("etcdserver: request is too large");
        assertThatThrownBy(() -> await(store.update("/a/1", new byte[limit], revision, null)))
                .hasRootCauseInstanceOf(StoreException.TooLarge.class);
        assertThat(await(store.get("/a/1")).revision()).isEqualTo(revision);
        assertThat(await(store.get("/a/2"))).isNull();
    }

    @Test
    void theFirstRevisionIsAboveZero() {
        assertThat(await(store.currentRevision())).isPositive();
    }

    @Test
    void revisionsGrowByWriteAcrossKeys() {
        long first = await(store.create("/a", bytes("1"), null));
        long second = await(store.create("/b", bytes("2"), null));
        long third = await(store.update("/a", bytes("3"), first, null));
        long fourth = await(store.delete("/b", second));
        assertThat(List.of(first, second, third, fourth)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aKeyIsCreatedOnce() {
        await(store.create("/a", bytes("1"), null));
        assertThatThrownBy(() -> await(store.create("/a", bytes("2"), null)))
                .hasCauseInstanceOf(StoreException.Exists.class);
    }

    @Test
    void aStaleUpdateIsRefusedWithTheEntryAsItIs() {
        long first = await(store.create("/a", bytes("1"), null));
        long second = await(store.update("/a", bytes("2"), first, null));
        assertThatThrownBy(() -> await(store.update("/a", bytes("3"), first, null)))
                .cause()
                .isInstanceOfSatisfying(StoreException.Conflict.class, conflict -> {
                    Entry current = conflict.current();
                    assertThat(current).isNotNull();
                    assertThat(current.revision()).isEqualTo(second);
                    assertThat(text(current.value())).isEqualTo("2");
                });
        assertThat(await(store.currentRevision())).isEqualTo(second);
    }

    @Test
    void deletingOrUpdatingWhatIsNotThereIsAConflictWithNothing() {
        assertThatThrownBy(() -> await(store.delete("/a", 1)))
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.Conflict.class,
                        conflict -> assertThat(conflict.current()).isNull());
        assertThatThrownBy(() -> await(store.update("/a", bytes("1"), 1, null)))
                .hasCauseInstanceOf(StoreException.Conflict.class);
    }

    @Test
    void aDeletedKeyCanBeCreatedAgain() {
        long first = await(store.create("/a", bytes("1"), null));
        await(store.delete("/a", first));
        assertThat(await(store.get("/a"))).isNull();
        long again = await(store.create("/a", bytes("2"), null));
        assertThat(again).isGreaterThan(first);
    }

    @Test
    void listsAPrefixInOrderWithPagesThatStayExact() {
        for (String key : List.of("/p/b", "/p/a", "/pp/x", "/p/c", "/o/z")) {
            await(store.create(key, bytes(key), null));
        }
        Store.Page first = await(store.list("/p/", null, 2, 0));
        assertThat(first.entries()).extracting(Entry::key).containsExactly("/p/a", "/p/b");
        assertThat(first.remaining()).isEqualTo(1);
        await(store.create("/p/d", bytes("late"), null));

        Store.Page second = await(store.list("/p/", "/p/b\0", 2, first.revision()));
        assertThat(second.entries()).extracting(Entry::key).containsExactly("/p/c");
        assertThat(second.remaining()).isZero();
        assertThat(second.revision()).isEqualTo(first.revision());
        assertThat(await(store.count("/p/"))).isEqualTo(4);
    }

    @Test
    void anOldRevisionIsListedAsItWas() {
        long first = await(store.create("/p/a", bytes("1"), null));
        long second = await(store.update("/p/a", bytes("2"), first, null));
        long third = await(store.delete("/p/a", second));
        assertThat(await(store.list("/p/", null, 0, second)).entries())
                .extracting(entry -> text(entry.value()))
                .containsExactly("2");
        assertThat(await(store.list("/p/", null, 0, first)).entries())
                .extracting(entry -> text(entry.value()))
                .containsExactly("1");
        assertThat(await(store.list("/p/", null, 0, third)).entries()).isEmpty();
        assertThatThrownBy(() -> await(store.list("/p/", null, 0, third + 100)))
                .hasCauseInstanceOf(StoreException.FutureRevision.class);
    }

    @Test
    void compactedRevisionsAreGoneAndLaterOnesStay() {
        long first = await(store.create("/p/a", bytes("1"), null));
        long second = await(store.update("/p/a", bytes("2"), first, null));
        long third = await(store.update("/p/a", bytes("3"), second, null));
        await(store.compact(second));

        assertThatThrownBy(() -> await(store.list("/p/", null, 0, first)))
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.Compacted.class,
                        compacted -> assertThat(compacted.oldest()).isEqualTo(second));
        assertThat(await(store.list("/p/", null, 0, second)).entries())
                .extracting(entry -> text(entry.value()))
                .containsExactly("2");
        assertThat(await(store.currentRevision())).isEqualTo(third);
        var lost = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", first).subscribe(lost);
        assertThat(lost.awaitError()).isInstanceOf(StoreException.Compacted.class);
        var resumed = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", second).subscribe(resumed);
        resumed.awaitRevision(third);
        assertThat(resumed.described()).containsExactly("/p/a 2>3");
    }

    @Test
    void aWatchGivesEveryChangeUnderItsPrefixWithThePreviousValue() {
        long before = await(store.currentRevision());
        var live = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", before).subscribe(live);
        long first = await(store.create("/p/a", bytes("1"), null));
        await(store.create("/other", bytes("x"), null));
        long second = await(store.update("/p/a", bytes("2"), first, null));
        long third = await(store.delete("/p/a", second));
        var late = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", first).subscribe(late);

        live.awaitRevision(third);
        late.awaitRevision(third);
        assertThat(live.described()).containsExactly("/p/a null>1", "/p/a 1>2", "/p/a 2>null");
        assertThat(live.events()).extracting(Store.Event::revision).containsExactly(first, second, third);
        assertThat(live.events()).extracting(Store.Event::previousRevision).containsExactly(0L, first, second);
        assertThat(late.described()).containsExactly("/p/a 1>2", "/p/a 2>null");
    }

    @Test
    void aWatcherLearnsOfProgressElsewhere() {
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", await(store.currentRevision())).subscribe(watcher);
        long elsewhere = await(store.create("/other", bytes("x"), null));
        watcher.awaitRevision(elsewhere);
        assertThat(watcher.events()).isEmpty();
    }

    @Test
    void aWatcherSetsThePace() {
        var watcher = new RecordingSubscriber(0);
        store.watch("/p/", await(store.currentRevision())).subscribe(watcher);
        long last = 0;
        for (int i = 0; i < 10; i++) {
            last = await(store.create("/p/" + i, bytes("x"), null));
        }
        assertThat(watcher.events()).isEmpty();
        watcher.request(Long.MAX_VALUE);
        watcher.awaitRevision(last);
        assertThat(watcher.events()).hasSize(10);
    }

    @Test
    void aWatcherThatNeverAsksIsEnded() {
        var watcher = new RecordingSubscriber(0);
        store.watch("/p/", await(store.currentRevision())).subscribe(watcher);
        byte[] value = new byte[256 << 10];
        for (int i = 0; i < 320; i++) {
            await(store.create("/p/" + i, value, null));
        }
        watcher.request(1);
        assertThat(watcher.awaitError()).isInstanceOf(StoreException.SlowWatcher.class);
    }

    @Test
    void aCancelledWatcherHearsNothingMore() {
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", await(store.currentRevision())).subscribe(watcher);
        long first = await(store.create("/p/a", bytes("1"), null));
        watcher.awaitRevision(first);
        watcher.cancel();
        await(store.create("/p/b", bytes("1"), null));
        assertThat(watcher.described()).containsExactly("/p/a null>1");
    }

    @Test
    void anAnsweredWriteIsReadAtOnceAndWatchedSoon() {
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", await(store.currentRevision())).subscribe(watcher);
        long last = 0;
        for (int i = 0; i < 200; i++) {
            String key = "/p/" + i;
            last = await(store.create(key, bytes("x"), null));
            assertThat(await(store.get(key))).isNotNull();
            assertThat(await(store.currentRevision())).isEqualTo(last);
            assertThat(await(store.count("/p/"))).isEqualTo(i + 1);
        }
        watcher.awaitRevision(last);
        assertThat(watcher.events()).hasSize(200);
    }

    @Test
    void aKeyWithATimeToLiveGoesWhenItsTimeComes() {
        long first = await(store.create("/p/a", bytes("1"), timeToLive(Duration.ofMinutes(1))));
        await(store.update("/p/a", bytes("2"), first, timeToLive(Duration.ofMinutes(5))));
        await(store.create("/p/b", bytes("1"), timeToLive(Duration.ofMinutes(2))));
        await(store.create("/p/c", bytes("1"), null));
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/p/", await(store.currentRevision())).subscribe(watcher);

        time.advance(Duration.ofMinutes(3));
        watcher.awaitEvents(1);
        assertThat(watcher.described()).containsExactly("/p/b 1>null");
        time.advance(Duration.ofMinutes(3));
        watcher.awaitEvents(2);
        assertThat(watcher.described()).containsExactly("/p/b 1>null", "/p/a 2>null");
        assertThat(await(store.count("/p/"))).isEqualTo(1);
    }

    @Test
    void concurrentCountersLoseNoIncrement() throws Exception {
        await(store.create("/counter", bytes("0"), null));
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int t = 0; t < 4; t++) {
                threads.submit(() -> {
                    for (int done = 0; done < 100; ) {
                        Entry entry = await(store.get("/counter"));
                        byte[] next = bytes(Integer.toString(Integer.parseInt(text(entry.value())) + 1));
                        if (tryUpdate(entry, next)) {
                            done++;
                        }
                    }
                });
            }
        }
        assertThat(text(await(store.get("/counter")).value())).isEqualTo("400");
    }

    private boolean tryUpdate(Entry entry, byte[] next) {
        try {
            await(store.update(entry.key(), next, entry.revision(), null));
            return true;
        } catch (CompletionException refused) {
            assertThat(refused).hasCauseInstanceOf(StoreException.Conflict.class);
            return false;
        }
    }

    @Test
    void replayingAWatchGivesTheListedState() {
        long start = await(store.currentRevision());
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/", start).subscribe(watcher);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int t = 0; t < 4; t++) {
                var random = new SplittableRandom(t);
                threads.submit(() -> {
                    for (int i = 0; i < 300; i++) {
                        randomWrite(random);
                    }
                });
            }
        }
        long end = await(store.currentRevision());
        watcher.awaitRevision(end);
        Map<String, String> replayed = new HashMap<>();
        long last = start;
        for (Store.Event event : watcher.events()) {
            assertThat(event.revision()).isEqualTo(++last);
            byte[] previous = event.previous();
            assertThat(replayed.get(event.key())).isEqualTo(previous == null ? null : text(previous));
            byte[] value = event.value();
            if (value == null) {
                replayed.remove(event.key());
            } else {
                replayed.put(event.key(), text(value));
            }
        }
        Map<String, String> listed = new HashMap<>();
        await(store.list("/", null, 0, 0)).entries().forEach(entry -> listed.put(entry.key(), text(entry.value())));
        assertThat(replayed).isEqualTo(listed);
    }

    private void randomWrite(SplittableRandom random) {
        String key = "/k/" + random.nextInt(20);
        Entry entry = await(store.get(key));
        byte[] value = bytes(Long.toString(random.nextLong()));
        CompletableFuture<Long> write;
        if (entry == null) {
            write = store.create(key, value, null);
        } else if (random.nextInt(3) == 0) {
            write = store.delete(key, entry.revision());
        } else {
            write = store.update(key, value, entry.revision(), null);
        }
        await(write.handle((revision, refusal) -> 0));
    }

    @Test
    void aClosedStoreIsUnavailable() {
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/", await(store.currentRevision())).subscribe(watcher);
        store.close();
        assertThat(watcher.awaitError()).isInstanceOf(StoreException.Unavailable.class);
        assertThatThrownBy(() -> await(store.create("/a", bytes("1"), null)))
                .hasCauseInstanceOf(StoreException.Unavailable.class);
        assertThatThrownBy(() -> await(store.get("/a"))).hasCauseInstanceOf(StoreException.Unavailable.class);
        assertThatThrownBy(() -> await(store.check())).hasCauseInstanceOf(StoreException.Unavailable.class);
    }

    @Test
    void aCheckChangesNothing() {
        long before = await(store.currentRevision());
        await(store.check());
        assertThat(await(store.currentRevision())).isEqualTo(before);
        assertThat(await(store.create("/a", bytes("1"), null))).isEqualTo(before + 1);
    }

    @Test
    void advancingLeavesOutRevisionsAndMakesThePastCompacted() {
        long before = await(store.create("/a/1", bytes("one"), null));
        long reached = await(store.advance(before + 300));
        assertThat(reached).isGreaterThanOrEqualTo(before + 300);
        assertThat(await(store.currentRevision())).isEqualTo(reached);
        assertThat(await(store.get("/a/1"))).extracting(Entry::revision).isEqualTo(before);

        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/a/", before).subscribe(watcher);
        assertThat(watcher.awaitError()).isInstanceOf(StoreException.Compacted.class);
        assertThatThrownBy(() -> await(store.list("/a/", null, 0, before)))
                .hasCauseInstanceOf(StoreException.Compacted.class);
        long next = await(store.update("/a/1", bytes("two"), before, null));
        assertThat(next).isGreaterThan(reached);
        assertThat(await(store.advance(before))).isGreaterThanOrEqualTo(next);
    }
}
