package io.kubespring.apiserver.registry;

import io.kubespring.storage.Store;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** A store that is elsewhere, as it were: its news can be held back, and its reads are noted. */
final class LateStore implements Store {

    final List<String> reads = new CopyOnWriteArrayList<>();
    private final Store store;
    private final AtomicReference<Sinks.One<Boolean>> news = new AtomicReference<>(Sinks.one());

    LateStore(Store store) {
        this.store = store;
        release();
    }

    /** From now on watchers see nothing new. */
    void hold() {
        news.set(Sinks.one());
    }

    void release() {
        news.get().tryEmitValue(true);
    }

    @Override
    public Publisher<Batch> watch(String prefix, long afterRevision) {
        return Flux.from(store.watch(prefix, afterRevision))
                .delayUntil(batch -> news.get().asMono());
    }

    @Override
    public CompletableFuture<@Nullable Entry> get(String key) {
        reads.add(key);
        return store.get(key);
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public CompletableFuture<Long> currentRevision() {
        return store.currentRevision();
    }

    @Override
    public CompletableFuture<Page> list(String prefix, @Nullable String startKey, int limit, long revision) {
        return store.list(prefix, startKey, limit, revision);
    }

    @Override
    public CompletableFuture<Long> count(String prefix) {
        return store.count(prefix);
    }

    @Override
    public CompletableFuture<Long> create(String key, byte[] value, @Nullable Duration ttl) {
        return store.create(key, value, ttl);
    }

    @Override
    public CompletableFuture<Long> update(String key, byte[] value, long expectedRevision, @Nullable Duration ttl) {
        return store.update(key, value, expectedRevision, ttl);
    }

    @Override
    public CompletableFuture<Long> delete(String key, long expectedRevision) {
        return store.delete(key, expectedRevision);
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

    @Override
    public void close() {
        store.close();
    }
}
