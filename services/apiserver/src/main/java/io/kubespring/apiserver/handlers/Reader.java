package io.kubespring.apiserver.handlers;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.cache.SelectableFields;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.registry.ObjectKeys;
import io.kubespring.storage.Store;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Reads objects. */
public final class Reader {

    private final Store store;

    public Reader(Store store) {
        this.store = store;
    }

    record Listing(List<StoredObject> items, long revision) {}

    CompletableFuture<@Nullable StoredObject> get(ResourceType type, String namespace, String name) {
        return store.get(ObjectKeys.of(type, namespace, name)).thenApply(entry -> entry == null ? null : read(entry));
    }

    CompletableFuture<Listing> list(ResourceType type, String namespace) {
        return store.list(ObjectKeys.prefix(type, namespace), null, 0, 0)
                .thenApply(page ->
                        new Listing(page.entries().stream().map(Reader::read).toList(), page.revision()));
    }

    Publisher<Store.Batch> watch(ResourceType type, String namespace, long revision) {
        return store.watch(ObjectKeys.prefix(type, namespace), revision);
    }

    static StoredObject read(Store.Entry entry) {
        return StoredObject.read(entry.key(), entry.value(), entry.revision(), SelectableFields.NONE);
    }
}
