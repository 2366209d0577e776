package io.kubespring.apiserver.handlers;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.cache.BuiltInSelectableFields;
import io.kubespring.apiserver.cache.SelectableFields;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.cache.WatchCache;
import io.kubespring.apiserver.cache.WatchCaches;
import io.kubespring.storage.Store;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The watch cache of each resource type. */
public final class ResourceCaches {

    private final WatchCaches caches;

    public ResourceCaches(WatchCaches caches) {
        this.caches = caches;
    }

    public WatchCache of(ResourceType type) {
        return caches.cache(Objects.requireNonNull(type.storagePrefix(), "never stored"), selectable(type));
    }

    /** An object as the store had it shortly ago; null if it is not known. */
    public Store.@Nullable Entry entry(ResourceType type, String namespace, String name) {
        WatchCache cache = of(type);
        StoredObject found = cache.revision() == 0 ? null : cache.snapshot().get(namespace, name);
        return found == null ? null : new Store.Entry(found.key(), found.stored(), found.revision());
    }

    static SelectableFields selectable(ResourceType type) {
        return BuiltInSelectableFields.of(type.groupResource());
    }
}
