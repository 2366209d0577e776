package io.kubespring.apiserver.allocation;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.cache.WatchCache;
import io.kubespring.apiserver.registry.Failures;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names that each belong to at most one holder, in the store: one key a name, so that creating it is the lock and several
 * servers need no other. What is free is guessed from the watch cache; what this server is about to take, and the cache
 * cannot show yet, is remembered until it does.
 */
public final class Ledger {

    private static final long UNDECIDED = Long.MAX_VALUE;
    private static final int SWEEP_ABOVE = 64;

    private final Store store;
    private final String prefix;
    private final Supplier<WatchCache> cache;
    private final Function<String, ObjectNode> kind;
    private final Map<String, Long> held = new ConcurrentHashMap<>();

    /**
     * @param prefix of the keys, with trailing slash
     * @param kind makes an empty record of a name
     */
    Ledger(Store store, String prefix, Supplier<WatchCache> cache, Function<String, ObjectNode> kind) {
        this.store = store;
        this.prefix = prefix;
        this.cache = cache;
        this.kind = kind;
    }

    /** What the cache shows now. */
    Snapshot view() {
        Snapshot view = cache.get().snapshot();
        if (held.size() > SWEEP_ABOVE) {
            held.values().removeIf(revision -> revision <= view.revision());
        }
        return view;
    }

    /** Completes when the cache shows everything that happened until now. */
    CompletableFuture<Snapshot> freshView() {
        return cache.get().consistent();
    }

    /** Keeps a name that looks free for this server's use; false where it is taken. */
    boolean hold(String name, Snapshot view) {
        if (view.get("", name) != null) {
            return false;
        }
        Long before = held.putIfAbsent(name, UNDECIDED);
        return before == null || before <= view.revision() && held.replace(name, before, UNDECIDED);
    }

    /** How many names are held besides those that a view shows, at most. */
    int heldCount() {
        return held.size();
    }

    void letGo(String name) {
        held.remove(name);
    }

    /** @return the revision of the claim; fails with {@link StoreException.Exists} */
    CompletableFuture<Long> claim(String name, Holder holder) {
        ObjectNode record = kind.apply(name);
        holder.writeTo(record);
        return store.create(prefix + name, StoredObject.encode(record), null).thenApply(revision -> {
            held.replace(name, revision);
            return revision;
        });
    }

    /** Whether the name is taken, by the store's own word. */
    CompletableFuture<Boolean> isTaken(String name) {
        return store.get(prefix + name).thenApply(entry -> entry != null);
    }

    /** Undoes one's own claim. */
    CompletableFuture<Void> release(String name, long revision) {
        held.remove(name);
        return store.delete(prefix + name, revision).handle((done, failure) -> null);
    }

    /** Frees a name if {@code holder} has it; what somebody else took meanwhile stays theirs. */
    CompletableFuture<Void> releaseOf(String name, Holder holder) {
        held.remove(name);
        return store.get(prefix + name).thenCompose(entry -> {
            if (entry == null || !holder.equals(holder(entry))) {
                return CompletableFuture.completedFuture(null);
            }
            return store.delete(entry.key(), entry.revision()).handle((done, failure) -> {
                if (failure == null || Failures.cause(failure) instanceof StoreException.Conflict) {
                    return null;
                }
                throw new CompletionException(Failures.cause(failure));
            });
        });
    }

    private static @Nullable Holder holder(Store.Entry entry) {
        return Holder.of(Json.readObject(entry.value()));
    }
}
