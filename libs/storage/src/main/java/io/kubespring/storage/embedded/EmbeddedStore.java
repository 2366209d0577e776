package io.kubespring.storage.embedded;

import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.history.Change;
import io.kubespring.storage.history.HistoryLimits;
import io.kubespring.storage.history.VersionedMap;
import io.kubespring.storage.history.View;
import io.kubespring.storage.tree.ImmutableTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A store whose values live in this process and whose changes go to a {@link Journal}.
 *
 * <p>A write travels: queue (bounded) → writer, which decides against the pending view whatever is queued and makes it
 * durable as one batch → publisher, which moves the published view, feeds the watches and only then answers. Answers of
 * refused writes travel the same way, since a refusal may rest on a write of its own batch. A batch that cannot be made
 * durable is answered {@link StoreException.Unavailable} as a whole and never seen.
 */
public final class EmbeddedStore implements Store {

    /** As etcd, so that what fits into one store fits into the other, in its words: clients know them. */
    private static final int MAX_REQUEST_BYTES = 3 << 19;

    private static final int MAX_QUEUED_WRITES = 65_536;
    private static final int MAX_QUEUED_CHECKS = 16;
    private static final int MAX_BATCH_WRITES = 4_096;
    private static final int MAX_BATCH_BYTES = 8 << 20;
    private static final int MAX_UNPUBLISHED_BATCHES = 4;

    /** Watches can resume, and revisions be listed, for at least half and at most all of this. */
    private static final Duration KEEP_HISTORY = Duration.ofMinutes(5);

    private final Journal journal;
    private final TimeSource time;
    private final PendingView pending;
    private final WatchHub hub;
    private final Expiry expiry;
    private final ArrayBlockingQueue<Write> writes = new ArrayBlockingQueue<>(MAX_QUEUED_WRITES);
    private final ArrayBlockingQueue<CompletableFuture<Void>> checks = new ArrayBlockingQueue<>(MAX_QUEUED_CHECKS);
    private final LinkedBlockingQueue<PendingView.Batch> unpublished = new LinkedBlockingQueue<>();
    private final Semaphore unpublishedRoom = new Semaphore(MAX_UNPUBLISHED_BATCHES);
    private final Serial writer;
    private final Serial publisher;
    private final Runnable release;
    private final TimeSource.Cancellable compaction;
    private long compactNext;
    private volatile boolean closed;

    /**
     * @param writer runs one task at a time; it may block
     * @param publisher runs one task at a time; calls subscribers and answers
     * @param release gives up what was taken for the store, after its end
     */
    public EmbeddedStore(
            Journal journal,
            Journal.Recovered recovered,
            HistoryLimits limits,
            TimeSource time,
            Executor writer,
            Executor publisher,
            Runnable release) {
        this.journal = journal;
        this.time = time;
        ImmutableTree<Slot> tree = ImmutableTree.empty();
        for (Slot slot : recovered.slots()) {
            tree = tree.with(slot.entry().key(), slot);
        }
        pending = new PendingView(tree, recovered.revision());
        hub = new WatchHub(new VersionedMap<>(
                new View<>(tree, recovered.revision()),
                limits,
                slot -> slot.entry().value().length));
        this.writer = new Serial(writer, this::writeQueued);
        this.publisher = new Serial(publisher, this::publishDurable);
        this.release = release;
        expiry = new Expiry(time, this::expire);
        recovered.slots().stream().filter(slot -> slot.expires() != 0).forEach(expiry::add);
        compactNext = recovered.revision();
        Duration half = KEEP_HISTORY.dividedBy(2);
        compaction = time.scheduleAtFixedRate(half, half, this::compactOld);
    }

    private CompletableFuture<Boolean> expire(Entry entry) {
        return delete(entry.key(), entry.revision())
                .handle((revision, failure) -> !(failure instanceof StoreException.Unavailable));
    }

    private void compactOld() {
        hub.published().compact(compactNext);
        compactNext = hub.published().present().revision();
    }

    private void writeQueued() {
        while (!writes.isEmpty()) {
            int bytes = 0;
            for (int count = 0; count < MAX_BATCH_WRITES && bytes < MAX_BATCH_BYTES; count++) {
                Write write = writes.poll();
                if (write == null) {
                    break;
                }
                bytes += write.weight();
                pending.decide(write);
            }
            PendingView.Batch batch = pending.take();
            if (makeDurable(batch)) {
                unpublishedRoom.acquireUninterruptibly();
                unpublished.add(batch);
                publisher.signal();
            }
        }
        for (CompletableFuture<Void> check = checks.poll(); check != null; check = checks.poll()) {
            answerCheck(check);
        }
    }

    private void answerCheck(CompletableFuture<Void> check) {
        try {
            journal.check();
            check.complete(null);
        } catch (StoreException.Unavailable failure) {
            check.completeExceptionally(failure);
        }
    }

    private boolean makeDurable(PendingView.Batch batch) {
        if (batch.changesNothing()) {
            return true;
        }
        try {
            journal.commit(batch.changes(), batch.revision());
            pending.committed();
            return true;
        } catch (StoreException.Unavailable failure) {
            pending.rollBack();
            batch.decisions().forEach(decision -> decision.fail(failure));
            return false;
        }
    }

    private void publishDurable() {
        PendingView.Batch batch = unpublished.poll();
        while (batch != null) {
            if (!batch.changesNothing()) {
                hub.publish(batch.changes(), batch.revision());
                rememberExpiries(batch.changes());
            }
            if (batch.advanced()) {
                hub.published().compact(batch.revision());
            }
            unpublishedRoom.release();
            batch.decisions().forEach(Decision::announce);
            batch = unpublished.poll();
        }
    }

    private void rememberExpiries(List<Change<Slot>> changes) {
        for (Change<Slot> change : changes) {
            Slot slot = change.value();
            if (slot != null && slot.expires() != 0) {
                expiry.add(slot);
            }
        }
    }

    private CompletableFuture<Long> enqueue(
            String key, byte @Nullable [] value, long expected, @Nullable Duration ttl) {
        if (value != null && value.length + key.length() > MAX_REQUEST_BYTES) {
            return CompletableFuture.failedFuture(new StoreException.TooLarge("etcdserver: request is too large"));
        }
        long expires = ttl == null ? 0 : time.now().plus(ttl).toEpochMilli();
        return enqueue(new Write(key, value, expected, expires, new CompletableFuture<>()));
    }

    private CompletableFuture<Long> enqueue(Write write) {
        if (closed) {
            return CompletableFuture.failedFuture(closedError());
        }
        if (!writes.offer(write)) {
            return CompletableFuture.failedFuture(new StoreException.Unavailable("too many writes are waiting", null));
        }
        writer.signal();
        if (closed) {
            failQueued();
        }
        return write.answer();
    }

    private void failQueued() {
        for (Write write = writes.poll(); write != null; write = writes.poll()) {
            write.answer().completeExceptionally(closedError());
        }
        for (CompletableFuture<Void> check = checks.poll(); check != null; check = checks.poll()) {
            check.completeExceptionally(closedError());
        }
    }

    /** Goes through the writer: one that is stuck does not answer. */
    @Override
    public CompletableFuture<Void> check() {
        var check = new CompletableFuture<Void>();
        if (closed) {
            return CompletableFuture.failedFuture(closedError());
        }
        if (!checks.offer(check)) {
            return CompletableFuture.failedFuture(new StoreException.Unavailable("too many checks are waiting", null));
        }
        writer.signal();
        if (closed) {
            failQueued();
        }
        return check;
    }

    @Override
    public CompletableFuture<Long> create(String key, byte[] value, @Nullable Duration ttl) {
        return enqueue(key, value, Write.ABSENT, ttl);
    }

    @Override
    public CompletableFuture<Long> update(String key, byte[] value, long expectedRevision, @Nullable Duration ttl) {
        return enqueue(key, value, requirePositive(expectedRevision), ttl);
    }

    @Override
    public CompletableFuture<Long> delete(String key, long expectedRevision) {
        return enqueue(key, null, requirePositive(expectedRevision), null);
    }

    @Override
    public CompletableFuture<Long> advance(long revision) {
        return enqueue(Write.advance(requirePositive(revision), new CompletableFuture<>()));
    }

    private static long requirePositive(long revision) {
        if (revision <= 0) {
            throw new IllegalArgumentException("expected revision " + revision);
        }
        return revision;
    }

    @Override
    public CompletableFuture<Long> currentRevision() {
        return answer(() -> hub.published().present().revision());
    }

    @Override
    public CompletableFuture<@Nullable Entry> get(String key) {
        return answer(() -> {
            Slot slot = hub.published().present().tree().get(key);
            return slot == null ? null : slot.entry();
        });
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public CompletableFuture<Page> list(String prefix, @Nullable String startKey, int limit, long revision) {
        return answer(() -> {
            View<Slot> view =
                    revision == 0 ? hub.published().present() : hub.published().at(revision);
            String end = ImmutableTree.prefixEnd(prefix);
            String start = startKey == null || startKey.compareTo(prefix) < 0 ? prefix : startKey;
            int total = Math.max(0, view.tree().rank(end) - view.tree().rank(start));
            int wanted = limit == 0 ? total : Math.min(limit, total);
            var entries = new ArrayList<Entry>(wanted);
            for (Iterator<Slot> slots = view.tree().range(start, end); entries.size() < wanted; ) {
                entries.add(slots.next().entry());
            }
            return new Page(entries, view.revision(), total - wanted);
        });
    }

    @Override
    public CompletableFuture<Long> count(String prefix) {
        return answer(() -> (long) hub.published().present().tree().countPrefix(prefix));
    }

    @Override
    public Publisher<Batch> watch(String prefix, long afterRevision) {
        return subscriber -> hub.watch(prefix, afterRevision, subscriber);
    }

    @Override
    public CompletableFuture<Void> compact(long revision) {
        return answer(() -> {
            hub.published().compact(revision);
            return null;
        });
    }

    private <T extends @Nullable Object> CompletableFuture<T> answer(Supplier<T> read) {
        if (closed) {
            return CompletableFuture.failedFuture(closedError());
        }
        try {
            return CompletableFuture.completedFuture(read.get());
        } catch (StoreException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private static StoreException.Unavailable closedError() {
        return new StoreException.Unavailable("the store is closed", null);
    }

    /** Finishes what has been taken on; everything later is answered {@link StoreException.Unavailable}. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        compaction.cancel();
        expiry.close();
        release.run();
        failQueued();
        journal.close();
        hub.close(closedError());
    }
}
