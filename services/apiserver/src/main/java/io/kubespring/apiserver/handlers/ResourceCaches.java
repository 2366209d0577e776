package io.kubespring.apiserver.handlers;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.cache.BuiltInSelectableFields;
import io.kubespring.apiserver.cache.SelectableFields;
import io.kubespring.apiserver.cache.WatchCache;
import io.kubespring.apiserver.cache.WatchCaches;
import java.util.Objects;

/** The watch cache of each resource type. */
public final class ResourceCaches {

    private final WatchCaches caches;

    public ResourceCaches(WatchCaches caches) {
        this.caches = caches;
    }

    public WatchCache of(ResourceType type) {
        return caches.cache(Objects.requireNonNull(type.storagePrefix(), "never stored"), selectable(type));
    }

    static SelectableFields selectable(ResourceType type) {
        return BuiltInSelectableFields.of(type.groupResource());
    }
}
