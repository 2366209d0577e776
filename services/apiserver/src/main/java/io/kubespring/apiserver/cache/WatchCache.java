package io.kubespring.apiserver.cache;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.metrics.CacheMetrics;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * The objects of one storage resource, fed by the store's watch.
 *
 * <p>Readers take a {@link Snapshot} and no lock. Moving to a new revision and queueing its events for all watchers is
 * one step under the lock, in which a new watcher also takes its start: all watchers see one order, and none misses or
 * repeats an event.
 */
public final class WatchCache implements AutoCloseable, CacheMetrics.Observed {

    private static final Duration BOOKMARK_PERIOD = Duration.ofMinutes(1);

    private final String prefix;
    private final Store store;
    private final SelectableFields selectable;
    private final HistoryLimits limits;
    private final EncodedForms encoded;
    private final WatcherIndex watchers = new WatcherIndex();
    private final WatchDispatch dispatch;
    private final FreshnessWaits waits;
    private final CacheFeed feed;
    private final TimeSource.Cancellable bookmarks;
    private RecentFrames frames = new RecentFrames();
    private volatile @Nullable VersionedMap<StoredObject> objects;
    private final LongAdder received = new LongAdder();
    private final LongAdder initializations = new LongAdder();
    private final LongAdder initialEvents = new LongAdder();
    private final LongAdder overrun = new LongAdder();

    /**
     * @param storagePrefix without trailing slash ("/registry/pods")
     * @param dispatcher calls watchers; the feed itself runs on the store's publishing thread
     * @param encoded room for frames
     */
    public WatchCache(
            Store store,
            String storagePrefix,
            SelectableFields selectable,
            HistoryLimits limits,
            TimeSource time,
            Executor dispatcher,
            EncodedForms encoded) {
        this.encoded = encoded;
        this.store = store;
        this.prefix = storagePrefix + "/";
        this.selectable = selectable;
        this.limits = limits;
        dispatch = new WatchDispatch(time, dispatcher);
        waits = new FreshnessWaits(time, this::revision);
        bookmarks = time.scheduleAtFixedRate(BOOKMARK_PERIOD, BOOKMARK_PERIOD, this::sendBookmarks);
        feed = new CacheFeed(store, prefix, time, this::reset, this::advance);
        feed.start();
    }

    @Override
    public int objects() {
        return revision() == 0 ? 0 : snapshot().size();
    }

    /** The revision up to which everything has been seen; 0 before the first list from the store. */
    @Override
    public long revision() {
        VersionedMap<StoredObject> map = objects;
        return map == null ? 0 : map.present().revision();
    }

    @Override
    public long eventsReceived() {
        return received.sum();
    }

    @Override
    public long initializations() {
        return initializations.sum();
    }

    @Override
    public long initialEvents() {
        return initialEvents.sum();
    }

    @Override
    public long overrunWatchers() {
        return overrun.sum();
    }

    @Override
    public int capacity() {
        return limits.maxChanges();
    }

    @Override
    public void observeWaits(LongConsumer nanos) {
        waits.observe(nanos);
    }

    /** As of now, or of shortly ago. Before the first list from the store this fails with 503. */
    public Snapshot snapshot() {
        return new Snapshot(prefix, loaded().present());
    }

    private VersionedMap<StoredObject> loaded() {
        VersionedMap<StoredObject> map = objects;
        if (map == null) {
            throw CacheFeed.notReady(prefix);
        }
        return map;
    }

    /** Not older than {@code revision}: waits for it, but gives up with 504 after three seconds. */
    public CompletableFuture<Snapshot> atLeast(long revision) {
        return waits.await(Math.max(1, revision)).thenApply(reached -> snapshot());
    }

    /** Not older than any write that was answered before this call. */
    public CompletableFuture<Snapshot> consistent() {
        return store.currentRevision().thenCompose(this::atLeast);
    }

    /** The newest revision that was acknowledged before this call. */
    public CompletableFuture<Long> newestRevision() {
        return store.currentRevision();
    }

    /** Exactly as of {@code revision}: 410 if that is forgotten, 504 if it does not come. */
    public CompletableFuture<Snapshot> snapshotAt(long revision) {
        return snapshotAt(
                revision, () -> StatusException.expired("The resourceVersion for the provided list is too old."));
    }

    /**
     * The same with an answer of the caller's.
     *     *
     * @param gone what to answer if it is forgotten, here and in the store
     */
    public CompletableFuture<Snapshot> snapshotAt(long revision, Supplier<StatusException> gone) {
        return waits.await(revision).thenCompose(reached -> {
            try {
                return CompletableFuture.completedFuture(new Snapshot(prefix, loaded().at(revision)));
            } catch (StoreException.Compacted compacted) {
                return older(revision, gone);
            }
        });
    }

    /** The store may remember more than the cache. */
    private CompletableFuture<Snapshot> older(long revision, Supplier<StatusException> gone) {
        return store.list(prefix, null, 0, revision).handle((page, failure) -> {
            if (failure == null) {
                return new Snapshot(prefix, new View<>(read(page.entries()), revision));
            }
            Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
            if (cause instanceof StoreException.Compacted) {
                throw gone.get();
            }
            throw new CompletionException(cause);
        });
    }

    private ImmutableTree<StoredObject> read(List<Store.Entry> entries) {
        ImmutableTree<StoredObject> tree = ImmutableTree.empty();
        for (Store.Entry entry : entries) {
            tree = tree.with(entry.key(), StoredObject.read(entry.key(), entry.value(), entry.revision(), selectable));
        }
        return tree;
    }

    /**
     * Events until cancelled. Errors are {@link StatusException}s: 410 {@code Expired} if the start is forgotten, 504 if
     * it does not come. Completes if the subscriber is too slow, or the cache had to start over.
     */
    public Flux<WatchFrameBatch> watch(WatchRequest request) {
        if (!request.startsWithState()) {
            return Flux.from(subscriber -> start(request, subscriber));
        }
        return Flux.defer(
                () -> reactor.core.publisher.Mono.fromCompletionStage(waits.await(Math.max(1, request.fromRevision())))
                        .thenMany(Flux.from(subscriber -> start(request, subscriber))));
    }

    private void start(WatchRequest request, Subscriber<? super WatchFrameBatch> subscriber) {
        WatchTurns turns = subscriber instanceof CoreSubscriber<?> core
                ? WatchTurns.in(core.currentContext(), dispatch)
                : dispatch;
        var watcher = new Watcher(request, subscriber, encoded, turns, this::remove);
        StatusException refusal;
        synchronized (this) {
            refusal = register(watcher);
        }
        subscriber.onSubscribe(watcher);
        if (refusal != null) {
            watcher.finish(refusal);
        }
        watcher.begin();
    }

    private @Nullable StatusException register(Watcher watcher) {
        WatchRequest request = watcher.asked();
        try {
            if (request.startsWithState()) {
                watcher.startWith(initialEvents(request));
            } else {
                watcher.startWith(backlog(request));
            }
            watchers.add(watcher);
            return null;
        } catch (StoreException.Compacted compacted) {
            return StatusException.expired(
                    "too old resource version: " + request.fromRevision() + " (" + compacted.oldest() + ")");
        } catch (StatusException notReady) {
            return notReady;
        }
    }

    private Iterator<byte[]> initialEvents(WatchRequest request) {
        Snapshot snapshot = snapshot();
        Selection selection = request.selection();
        return new InitialEvents(
                snapshot.objects(selection.namespace()),
                selection,
                request.encoder(),
                request.sendInitialEvents() && request.bookmarks()
                        ? request.encoder().bookmark(snapshot.revision(), true)
                        : null,
                initialEvents);
    }

    private Iterator<byte[]> backlog(WatchRequest request) {
        List<SharedFrame> missed = new ArrayList<>();
        for (Change<StoredObject> change : loaded().after(request.fromRevision())) {
            SharedFrame frame = frames.of(change).frameFor(request.selection(), request.encoder());
            if (frame != null) {
                missed.add(frame);
            }
        }
        initialEvents.add(missed.size());
        return missed.stream().map(each -> each.get(encoded)).iterator();
    }

    private synchronized void remove(Watcher watcher) {
        watchers.remove(watcher);
        if (watcher.overrun()) {
            overrun.increment();
        }
    }

    /** Everything as listed from the store; whoever watched the past has to start over. */
    private void reset(List<Store.Entry> entries, long revision) {
        initializations.increment();
        ImmutableTree<StoredObject> tree = read(entries);
        List<Watcher> outdated;
        synchronized (this) {
            objects = new VersionedMap<>(new View<>(tree, revision), limits, object -> object.stored().length);
            frames = new RecentFrames();
            outdated = watchers.all();
        }
        outdated.forEach(watcher -> watcher.finish(null));
        waits.reached(revision);
    }

    private void advance(Store.Batch batch) {
        received.add(batch.events().size());
        VersionedMap<StoredObject> map = loaded();
        List<Change<StoredObject>> changes = changes(map, batch.events());
        List<WatchTurns> busy = new ArrayList<>(4);
        synchronized (this) {
            map.apply(changes, batch.revision());
            for (Change<StoredObject> change : changes) {
                EventFrames event = frames.of(change);
                watchers.forEachCandidate(change.value(), change.previous(), watcher -> {
                    if (watcher.offer(event)) {
                        queueUp(watcher, busy);
                    }
                });
            }
        }
        waits.reached(batch.revision());
        busy.forEach(WatchTurns::start);
    }

    private static void queueUp(Watcher watcher, List<WatchTurns> busy) {
        WatchTurns turns = watcher.queueUp();
        if (turns != null && !busy.contains(turns)) {
            busy.add(turns);
        }
    }

    private List<Change<StoredObject>> changes(VersionedMap<StoredObject> map, List<Store.Event> events) {
        ImmutableTree<StoredObject> tree = map.present().tree();
        List<Change<StoredObject>> changes = new ArrayList<>(events.size());
        for (Store.Event event : events) {
            StoredObject previous = tree.get(event.key());
            String key = previous == null ? event.key() : previous.key();
            byte[] value = event.value();
            StoredObject next = value == null ? null : StoredObject.read(key, value, event.revision(), selectable);
            tree = next == null ? tree.without(key) : tree.with(key, next);
            changes.add(new Change<>(key, next, previous, event.revision()));
        }
        return changes;
    }

    private void sendBookmarks() {
        List<WatchTurns> busy = new ArrayList<>(4);
        synchronized (this) {
            long revision = revision();
            for (Watcher watcher : watchers.all()) {
                if (watcher.asked().bookmarks()) {
                    watcher.offer(watcher.asked().encoder().bookmark(revision, false));
                    queueUp(watcher, busy);
                }
            }
        }
        busy.forEach(WatchTurns::start);
    }

    /** Frees the events up to {@code revision}; a watcher that has seen them all can still resume from before it. */
    public void forget(long revision) {
        VersionedMap<StoredObject> map = objects;
        if (map != null) {
            map.forget(revision);
        }
    }

    @Override
    public void close() {
        feed.close();
        bookmarks.cancel();
        List<Watcher> all;
        synchronized (this) {
            all = watchers.all();
        }
        all.forEach(watcher -> watcher.finish(null));
    }
}
