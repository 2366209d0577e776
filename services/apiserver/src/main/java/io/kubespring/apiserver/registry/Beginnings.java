package io.kubespring.apiserver.registry;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.storage.Store;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The object that a change begins with: what the watch cache has where the store is elsewhere, else what the store has.
 * The compare-and-swap makes sure of what is written; an answer without one ("conflict", "invalid", "unchanged") is given
 * only after {@link #confirmed} found that it does not rest on something outdated.
 */
final class Beginnings {

    private final Store store;
    private final KnownEntries known;

    Beginnings(Store store, KnownEntries known) {
        this.store = store;
        this.known = known;
    }

    /** @param change what it throws the answer fails with */
    <T> CompletableFuture<T> begin(
            ResourceType type,
            String namespace,
            String name,
            boolean dryRun,
            Function<Beginning, CompletableFuture<T>> change) {
        Store.Entry entry = store.isLocal() || dryRun ? null : known.find(type, namespace, name);
        if (entry == null) {
            return store.get(ObjectKeys.of(type, namespace, name))
                    .thenCompose(stored -> change.apply(new Beginning(stored, true)));
        }
        try {
            return change.apply(new Beginning(entry, false));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** The answer to a change that began so, if that is what the store has; else the change begins again. */
    <T> CompletableFuture<T> confirmed(
            Beginning from, Supplier<CompletableFuture<T>> answer, Function<Beginning, CompletableFuture<T>> again) {
        Store.Entry entry = from.entry();
        if (from.current() || entry == null) {
            return answer.get();
        }
        return store.get(entry.key())
                .thenCompose(stored -> stored != null && stored.revision() == entry.revision()
                        ? answer.get()
                        : again.apply(new Beginning(stored, true)));
    }

    /**
     * @param entry null if there is none
     * @param current whether the store said so, since the request came
     */
    record Beginning(Store.@Nullable Entry entry, boolean current) {}
}
