package io.kubespring.storage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A multi-version key-value store: one revision counter for all keys, optimistic concurrency a key, watches that can
 * resume from any revision not yet compacted. Nothing here blocks; failures are {@link StoreException}s.
 *
 * <p>Keys are paths ("/registry/pods/default/web"), values are opaque bytes that callers never modify. A write's future
 * completes after the write is durable; no read or watch shows a write earlier.
 */
public interface Store extends AutoCloseable {

    /** The newest revision that reads and watches show. Cheap: it never leaves the process for an embedded store. */
    CompletableFuture<Long> currentRevision();

    /** @return the entry as of now, or null */
    CompletableFuture<@Nullable Entry> get(String key);

    /** Whether {@link #get} never leaves the process, so that a copy of what it answers saves its reader nothing. */
    boolean isLocal();

    /**
     * Entries under {@code prefix} in key order.
     *
     * @param startKey first key to return, inclusive; null for the prefix's first
     * @param limit most entries to return; 0 for all
     * @param revision 0 for now, else an exact, uncompacted revision ({@link StoreException.Compacted} if it is gone)
     */
    CompletableFuture<Page> list(String prefix, @Nullable String startKey, int limit, long revision);

    /** How many keys are under {@code prefix} now. */
    CompletableFuture<Long> count(String prefix);

    /**
     * Writes a key that does not exist.
     *
     * @param ttl after which the key is deleted by the store; null for never
     * @return the new revision; fails with {@link StoreException.Exists}
     */
    CompletableFuture<Long> create(String key, byte[] value, @Nullable Duration ttl);

    /**
     * Replaces a key that was last written at {@code expectedRevision}.
     *
     * @return the new revision; fails with {@link StoreException.Conflict}, which carries the entry as it is now
     */
    CompletableFuture<Long> update(String key, byte[] value, long expectedRevision, @Nullable Duration ttl);

    /**
     * Deletes a key that was last written at {@code expectedRevision}.
     *
     * @return the revision of the deletion; fails with {@link StoreException.Conflict}
     */
    CompletableFuture<Long> delete(String key, long expectedRevision);

    /**
     * Every change under {@code prefix} after {@code afterRevision}, in revision order, exactly once, until cancelled.
     * Honours back-pressure with a bounded buffer: a subscriber that falls too far behind gets {@code onError} of
     * {@link StoreException.SlowWatcher}; one that asks for a compacted start gets {@link StoreException.Compacted}.
     *
     * <p>A batch also carries the revision up to which it is complete, so that a reader of one prefix knows how far it
     * has seen even when only other prefixes change; batches without events are sent for that ("progress").
     */
    Publisher<Batch> watch(String prefix, long afterRevision);

    /** Forgets the history before {@code revision}; the newest version of each key stays. */
    CompletableFuture<Void> compact(long revision);

    /**
     * Leaves out revisions: the current one becomes at least {@code revision}, and everything before it is compacted. For
     * a store that was filled from elsewhere: who watched there from some revision must list again here.
     *
     * @return the current revision
     */
    CompletableFuture<Long> advance(long revision);

    /**
     * Completes when the store could take a write at this moment, fails with {@link StoreException.Unavailable} when it
     * could not; changes nothing that anybody sees. A store that hangs does not complete it.
     */
    CompletableFuture<Void> check();

    @Override
    void close();

    /** @param revision of the last write of this key ("mod revision") */
    record Entry(String key, byte[] value, long revision) {}

    /**
     * @param revision as of which the page is exact
     * @param remaining how many further entries the prefix holds after this page
     */
    record Page(List<Entry> entries, long revision, long remaining) {}

    /**
     * @param value null for a deletion
     * @param previous the value before the change; null for a creation
     */
    record Event(
            String key, byte @Nullable [] value, byte @Nullable [] previous, long previousRevision, long revision) {}

    /** @param revision all changes up to here have been delivered with or before this batch */
    record Batch(List<Event> events, long revision) {}
}
