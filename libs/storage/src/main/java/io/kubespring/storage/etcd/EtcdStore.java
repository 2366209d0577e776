package io.kubespring.storage.etcd;

import io.grpc.ManagedChannel;
import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A store that is an etcd cluster, which other API servers may use too. Opening it connects to nothing yet; every request
 * is answered within {@link EtcdOptions#requestTimeout}. Reads are quorum reads, so they see every write that any API
 * server has answered. Watches share one stream ({@link EventHub}).
 */
public final class EtcdStore implements Store {

    private static final int CLOSE_SECONDS = 5;

    private final ManagedChannel channel;
    private final ExecutorService answers;
    private final ExecutorService changes;
    private final RevisionReads revisions;
    private final CompactedRevision compacted;
    private final Entries entries;
    private final Writes writes;
    private final Compactor compactor;
    private final EventHub hub;
    private volatile boolean closed;

    private EtcdStore(EtcdOptions options, TimeSource time) {
        channel = EtcdChannel.open(options);
        Reconnection.keepTrying(channel, time);
        answers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("etcd-answers-", 0).factory());
        changes = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("etcd-changes").factory());
        var keys = new KeySpace(options.prefix());
        var rpc = new Rpc(channel, answers, time, options.requestTimeout());
        writes = new Writes(rpc, keys, new Leases(rpc, time));
        var scope = new WatchScope(keys, new MemberVersions(options, answers, time)::allTellProgress, writes::mark);
        revisions = new RevisionReads(rpc, keys, this::expect);
        compacted = new CompactedRevision(channel, answers, scope, revisions, time, options.requestTimeout());
        entries = new Entries(rpc, keys, compacted);
        hub = new EventHub(EventHub.streams(channel, changes, keys, scope, time), revisions::read, time);
        compactor = new Compactor(rpc, time, options.compactionInterval());
    }

    private void expect(long revision) {
        hub.expect(revision);
    }

    /** @throws IllegalArgumentException if certificates cannot be used */
    public static Store open(EtcdOptions options, TimeSource time) {
        return new EtcdStore(options, time);
    }

    @Override
    public CompletableFuture<Long> currentRevision() {
        return unlessClosed(revisions::read);
    }

    @Override
    public CompletableFuture<@Nullable Entry> get(String key) {
        return unlessClosed(() -> entries.get(key));
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public CompletableFuture<Page> list(String prefix, @Nullable String startKey, int limit, long revision) {
        return unlessClosed(() -> entries.list(prefix, startKey, limit, revision));
    }

    @Override
    public CompletableFuture<Long> count(String prefix) {
        return unlessClosed(() -> entries.count(prefix));
    }

    @Override
    public CompletableFuture<Long> create(String key, byte[] value, @Nullable Duration ttl) {
        return unlessClosed(() -> writes.create(key, value, ttl).thenCompose(hub::seen));
    }

    @Override
    public CompletableFuture<Long> update(String key, byte[] value, long expectedRevision, @Nullable Duration ttl) {
        requirePositive(expectedRevision);
        return unlessClosed(
                () -> writes.update(key, value, expectedRevision, ttl).thenCompose(hub::seen));
    }

    @Override
    public CompletableFuture<Long> delete(String key, long expectedRevision) {
        requirePositive(expectedRevision);
        return unlessClosed(() -> writes.delete(key, expectedRevision).thenCompose(hub::seen));
    }

    private static void requirePositive(long revision) {
        if (revision <= 0) {
            throw new IllegalArgumentException("expected revision " + revision);
        }
    }

    @Override
    public Publisher<Batch> watch(String prefix, long afterRevision) {
        return subscriber -> hub.watch(prefix, afterRevision, subscriber);
    }

    @Override
    public CompletableFuture<Void> compact(long revision) {
        return unlessClosed(() -> compactor.compact(revision).handle((done, failure) -> failure))
                .thenCompose(failure -> {
                    if (failure == null) {
                        hub.forgetBefore(revision);
                        return CompletableFuture.completedFuture(null);
                    }
                    return cause(failure) instanceof EtcdErrors.RevisionGone
                            ? compacted.explain(revision).thenAccept(EtcdStore::unlessOlder)
                            : CompletableFuture.failedFuture(failure);
                });
    }

    /** What is compacted already needs no compaction; what has not happened yet cannot be compacted. */
    private static void unlessOlder(StoreException reason) {
        if (!(reason instanceof StoreException.Compacted)) {
            throw reason;
        }
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    @Override
    public CompletableFuture<Long> advance(long revision) {
        requirePositive(revision);
        return unlessClosed(() -> writes.advance(revision))
                .thenCompose(reached -> compact(reached).thenApply(done -> reached));
    }

    @Override
    public CompletableFuture<Void> check() {
        return unlessClosed(writes::check);
    }

    private <T extends @Nullable Object> CompletableFuture<T> unlessClosed(Supplier<CompletableFuture<T>> ask) {
        return closed ? CompletableFuture.failedFuture(closedError()) : ask.get();
    }

    private static StoreException.Unavailable closedError() {
        return new StoreException.Unavailable("the store is closed", null);
    }

    /** Ends the watches, and gives what is under way a moment to be answered. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        compactor.close();
        hub.close(closedError());
        channel.shutdown();
        try {
            if (!channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
        answers.shutdown();
        changes.shutdown();
    }
}
