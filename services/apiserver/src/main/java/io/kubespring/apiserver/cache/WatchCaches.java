package io.kubespring.apiserver.cache;

import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store;
import io.kubespring.storage.history.HistoryLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One {@link WatchCache} a storage prefix, made when first asked for and shared by all versions of a resource. */
public final class WatchCaches implements AutoCloseable {

    /** Of each cache. The bytes are mostly the store's own, kept alive by both. */
    private static final HistoryLimits LIMITS = new HistoryLimits(20_000, 16L << 20);

    private static final Duration KEEP_HISTORY = Duration.ofMinutes(5);

    private final Store store;
    private final TimeSource time;
    private final ExecutorService dispatcher;
    private final EncodedForms encoded = EncodedForms.ofHeapShare();
    private final Map<String, WatchCache> caches = new ConcurrentHashMap<>();
    private final TimeSource.Cancellable forgetting;
    private Map<WatchCache, Long> forgetNext = Map.of();

    public WatchCaches(Store store, TimeSource time) {
        this.store = store;
        this.time = time;
        dispatcher = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("watch-dispatch").factory());
        Duration half = KEEP_HISTORY.dividedBy(2);
        forgetting = time.scheduleAtFixedRate(half, half, this::forgetOld);
    }

    /**
     * @param storagePrefix without trailing slash ("/registry/pods")
     * @param selectable counts when the cache is made
     */
    public WatchCache cache(String storagePrefix, SelectableFields selectable) {
        WatchCache existing = caches.get(storagePrefix);
        return existing != null ? existing : caches.computeIfAbsent(storagePrefix, prefix -> make(prefix, selectable));
    }

    private WatchCache make(String prefix, SelectableFields selectable) {
        return new WatchCache(store, prefix, selectable, LIMITS, time, dispatcher, encoded);
    }

    /** What all of them encode, kept together. */
    public EncodedForms encoded() {
        return encoded;
    }

    /** All caches there are. */
    public List<WatchCache> all() {
        return new ArrayList<>(caches.values());
    }

    /** Closes and forgets a cache, when its custom resource is gone. */
    public void drop(String storagePrefix) {
        WatchCache dropped = caches.remove(storagePrefix);
        if (dropped != null) {
            dropped.close();
        }
    }

    private synchronized void forgetOld() {
        forgetNext.forEach(WatchCache::forget);
        Map<WatchCache, Long> next = new ConcurrentHashMap<>();
        caches.values().forEach(cache -> next.put(cache, cache.revision()));
        forgetNext = next;
    }

    @Override
    public void close() {
        forgetting.cancel();
        caches.values().forEach(WatchCache::close);
        dispatcher.shutdown();
    }
}
