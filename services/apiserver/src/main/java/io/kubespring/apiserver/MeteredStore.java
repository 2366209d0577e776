package io.kubespring.apiserver;

import io.kubespring.apiserver.metrics.StoreMetrics;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** A store whose reads and writes of objects are timed. */
final class MeteredStore implements Store {

    private final Store store;
    private final StoreMetrics metrics;

    MeteredStore(Store store, StoreMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    private <T> CompletableFuture<T> timed(String operation, String key, long start, CompletableFuture<T> answer) {
        return answer.whenComplete((value, failure) -> metrics.done(operation, key, isFault(failure), start));
    }

    /** A lost race is an answer. */
    private static boolean isFault(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause != null && !(cause instanceof StoreException.Conflict || cause instanceof StoreException.Exists);
    }

    @Override
    public CompletableFuture<Long> currentRevision() {
        return store.currentRevision();
    }

    @Override
    public CompletableFuture<@Nullable Entry> get(String key) {
        return timed("get", key, metrics.start(), store.get(key));
    }

    @Override
    public boolean isLocal() {
        return store.isLocal();
    }

    @Override
    public CompletableFuture<Page> list(String prefix, @Nullable String startKey, int limit, long revision) {
        return timed("list", prefix, metrics.start(), store.list(prefix, startKey, limit, revision));
    }

    @Override
    public CompletableFuture<Long> count(String prefix) {
        return timed("listOnlyKeys", prefix, metrics.start(), store.count(prefix));
    }

    @Override
    public CompletableFuture<Long> create(String key, byte[] value, @Nullable Duration ttl) {
        return timed("create", key, metrics.start(), store.create(key, value, ttl));
    }

    @Override
    public CompletableFuture<Long> update(String key, byte[] value, long expectedRevision, @Nullable Duration ttl) {
        return timed("update", key, metrics.start(), store.update(key, value, expectedRevision, ttl));
    }

    @Override
    public CompletableFuture<Long> delete(String key, long expectedRevision) {
        return timed("delete", key, metrics.start(), store.delete(key, expectedRevision));
    }

    @Override
    public Publisher<Batch> watch(String prefix, long afterRevision) {
        return store.watch(prefix, afterRevision);
    }

    @Override
    public CompletableFuture<Void> compact(long revision) {
        return store.compact(revision);
    }

    @Override
    public CompletableFuture<Long> advance(long revision) {
        return store.advance(revision);
    }

    @Override
    public CompletableFuture<Void> check() {
        return store.check();
    }

    /** The store is closed by whom it belongs to. */
    @Override
    public void close() {}
}
