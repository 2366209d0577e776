package io.kubespring.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.time.ManualTime;
import io.kubespring.storage.RecordingSubscriber;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.history.Change;
import io.kubespring.storage.history.HistoryLimits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Nothing is answered or shown before its journal entry is durable, and nothing that failed is shown at all. */
class DurabilityOrderTest {

    private final ArrayDeque<Runnable> writerTasks = new ArrayDeque<>();
    private final ControlledJournal journal = new ControlledJournal();
    private final Store store = new EmbeddedStore(
            journal,
            Journal.Recovered.NOTHING,
            HistoryLimits.DEFAULT,
            new ManualTime(Instant.EPOCH),
            (Executor) writerTasks::add,
            Runnable::run,
            () -> {});

    /** Looks at the world at the moment of the sync, and fails when told to. */
    private static final class ControlledJournal implements Journal {
        final List<Integer> batches = new ArrayList<>();
        Runnable atSync = () -> {};
        boolean failNext;

        @Override
        public void commit(List<Change<Slot>> changes, long revision) {
            batches.add(changes.size());
            atSync.run();
            if (failNext) {
                failNext = false;
                throw new StoreException.Unavailable("disk full", null);
            }
        }

        @Override
        public void check() {
            if (failNext) {
                throw new StoreException.Unavailable("disk full", null);
            }
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }

    private void runWriter() {
        for (Runnable task = writerTasks.poll(); task != null; task = writerTasks.poll()) {
            task.run();
        }
    }

    @Test
    void answersReadsAndWatchesFollowTheSync() {
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/", 1).subscribe(watcher);
        var write = store.create("/a", new byte[] {1}, null);
        var refused = store.create("/a", new byte[] {2}, null);
        journal.atSync = () -> {
            assertThat(write).isNotDone();
            assertThat(refused).isNotDone();
            assertThat(store.get("/a").join()).isNull();
            assertThat(store.currentRevision().join()).isEqualTo(1);
            assertThat(watcher.events()).isEmpty();
        };
        runWriter();

        assertThat(write).isCompletedWithValue(2L);
        assertThat(refused).isCompletedExceptionally();
        assertThat(watcher.described()).hasSize(1);
        assertThat(store.get("/a").join()).isNotNull();
    }

    @Test
    void aCheckIsAnsweredByTheWriter() {
        var good = store.check();
        assertThat(good).isNotDone();
        runWriter();
        assertThat(good).isCompleted();

        journal.failNext = true;
        var bad = store.check();
        runWriter();
        assertThatThrownBy(bad::join).hasCauseInstanceOf(StoreException.Unavailable.class);
        assertThat(journal.batches).isEmpty();
    }

    @Test
    void whatIsQueuedBecomesOneBatchAndSeesItself() {
        var created = store.create("/a", new byte[] {1}, null);
        var updated = store.update("/a", new byte[] {2}, 2, null);
        var deleted = store.delete("/a", 3);
        runWriter();

        assertThat(journal.batches).containsExactly(3);
        assertThat(created).isCompletedWithValue(2L);
        assertThat(updated).isCompletedWithValue(3L);
        assertThat(deleted).isCompletedWithValue(4L);
    }

    @Test
    void aFailedBatchFailsAsAWholeIsNeverSeenAndItsRevisionsAreNotUsedAgain() {
        var watcher = new RecordingSubscriber(Long.MAX_VALUE);
        store.watch("/", 1).subscribe(watcher);
        journal.failNext = true;
        var first = store.create("/a", new byte[] {1}, null);
        var dependent = store.update("/a", new byte[] {2}, 2, null);
        var refusedOnlyByIt = store.create("/a", new byte[] {3}, null);
        runWriter();

        for (var write : List.of(first, dependent, refusedOnlyByIt)) {
            assertThatThrownBy(write::join).hasCauseInstanceOf(StoreException.Unavailable.class);
        }
        assertThat(store.get("/a").join()).isNull();
        assertThat(store.currentRevision().join()).isEqualTo(1);

        var again = store.create("/a", new byte[] {4}, null);
        runWriter();
        assertThat(again).isCompletedWithValue(4L);
        assertThat(watcher.described()).hasSize(1);
    }
}
