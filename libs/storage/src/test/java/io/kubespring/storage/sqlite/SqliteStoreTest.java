package io.kubespring.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.storage.EmbeddedStoreKit;
import io.kubespring.storage.RecordingSubscriber;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.history.HistoryLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends EmbeddedStoreKit {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int opened;

    @Override
    protected Store open() {
        return SqliteStore.open(folder.resolve("store-" + opened++ + ".db"), time);
    }

    private Store reopen(String name) {
        return SqliteStore.open(folder.resolve(name), time);
    }

    @Test
    void everythingIsThereAfterReopening() {
        long last;
        try (Store store = reopen("again.db")) {
            long a = await(store.create("/p/a", bytes("1"), null));
            long b = await(store.create("/p/b", bytes("1"), null));
            await(store.update("/p/a", bytes("2"), a, null));
            last = await(store.delete("/p/b", b));
        }
        try (Store store = reopen("again.db")) {
            assertThat(await(store.currentRevision())).isEqualTo(last);
            assertThat(await(store.list("/", null, 0, 0)).entries())
                    .extracting(entry -> entry.key() + "=" + text(entry.value()))
                    .containsExactly("/p/a=2");
            long next = await(
                    store.update("/p/a", bytes("3"), await(store.get("/p/a")).revision(), null));
            assertThat(next).isEqualTo(last + 1);
        }
    }

    @Test
    void whatHappenedBeforeTheLastStartIsCompacted() {
        long first;
        long second;
        try (Store store = reopen("again.db")) {
            first = await(store.create("/p/a", bytes("1"), null));
            second = await(store.update("/p/a", bytes("2"), first, null));
            await(store.compact(second));
        }
        try (Store store = reopen("again.db")) {
            var watcher = new RecordingSubscriber(Long.MAX_VALUE);
            store.watch("/", first).subscribe(watcher);
            assertThat(watcher.awaitError()).isInstanceOf(StoreException.Compacted.class);
            assertThat(await(store.currentRevision())).isEqualTo(second);
        }
    }

    @Test
    void timesToLiveOutliveTheProcess() {
        try (Store store = reopen("again.db")) {
            await(store.create("/p/a", bytes("1"), Duration.ofMinutes(1)));
        }
        try (Store store = reopen("again.db")) {
            var watcher = new RecordingSubscriber(Long.MAX_VALUE);
            store.watch("/", await(store.currentRevision())).subscribe(watcher);
            time.advance(Duration.ofMinutes(2));
            watcher.awaitEvents(1);
            assertThat(watcher.described()).containsExactly("/p/a 1>null");
        }
    }

    @Test
    void aDatabaseIsOpenedOnce() {
        try (Store store = reopen("one.db")) {
            assertThatThrownBy(() -> reopen("one.db"))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
            assertThat(await(store.currentRevision())).isPositive();
        }
        reopen("one.db").close();
    }

    @Test
    void aDatabaseThatWasMovedAwayDoesNotPassTheCheck() throws Exception {
        Path file = folder.resolve("one.db");
        try (Store store = reopen("one.db")) {
            long revision = await(store.create("/a", bytes("1"), null));
            await(store.check());
            Files.move(file, folder.resolve("elsewhere.db"));
            assertThatThrownBy(() -> await(store.check()))
                    .hasCauseInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("one.db");
            Files.createFile(file);
            assertThatThrownBy(() -> await(store.check())).hasMessageContaining("not the file that was opened");
            Files.move(folder.resolve("elsewhere.db"), file, StandardCopyOption.REPLACE_EXISTING);
            await(store.check());
            assertThat(await(store.currentRevision())).isEqualTo(revision);
            assertThat(await(store.create("/b", bytes("1"), null))).isEqualTo(revision + 1);
        }
        try (Store store = reopen("one.db")) {
            assertThat(await(store.currentRevision()))
                    .isEqualTo(await(store.get("/b")).revision());
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsAClearError() throws Exception {
        Files.write(folder.resolve("bad.db"), bytes("this is not a database, but long enough to look at\n".repeat(50)));
        assertThatThrownBy(() -> reopen("bad.db"))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("cannot open database")
                .hasMessageContaining("bad.db");
        assertThatThrownBy(() -> reopen("bad.db")).hasMessageNotContaining("in use");
    }

    @Test
    void aFullDatabaseRefusesAndGoesOnWhenThereIsRoom() {
        var options = new SqliteOptions(256 << 10, HistoryLimits.DEFAULT);
        Path file = folder.resolve("full.db");
        long kept;
        try (Store store = SqliteStore.open(file, time, options)) {
            var watcher = new RecordingSubscriber(Long.MAX_VALUE);
            store.watch("/", await(store.currentRevision())).subscribe(watcher);
            long first = await(store.create("/first", new byte[100_000], null));
            assertThatThrownBy(() -> await(store.create("/big", new byte[300_000], null)))
                    .hasCauseInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("full");
            assertThat(await(store.get("/big"))).isNull();
            assertThat(await(store.currentRevision())).isEqualTo(first);

            kept = await(store.create("/small", new byte[10], null));
            watcher.awaitRevision(kept);
            assertThat(watcher.events()).extracting(Store.Event::key).containsExactly("/first", "/small");
            // A revision that was given to a failed write is not given again.
            assertThat(kept).isEqualTo(first + 2);
        }
        try (Store store = reopen("full.db")) {
            assertThat(await(store.list("/", null, 0, 0)).entries())
                    .extracting(Store.Entry::key)
                    .isEqualTo(List.of("/first", "/small"));
            assertThat(await(store.currentRevision())).isEqualTo(kept);
        }
    }
}
