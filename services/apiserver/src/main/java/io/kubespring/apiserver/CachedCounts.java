package io.kubespring.apiserver;

import io.kubespring.api.GroupResource;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.flowcontrol.ObjectCounts;
import io.kubespring.apiserver.handlers.ResourceCaches;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts objects in the watch caches, which know the rank of every key. */
final class CachedCounts implements ObjectCounts {

    private final Map<GroupResource, ResourceType> types = new ConcurrentHashMap<>();
    private final ResourceCaches caches;

    CachedCounts(Catalog catalog, ResourceCaches caches) {
        this.caches = caches;
        for (ResourceType type : catalog.all()) {
            if (type.stored()) {
                types.putIfAbsent(type.groupResource(), type);
            }
        }
    }

    @Override
    public int count(String group, String resource, String namespace) {
        ResourceType type = types.get(new GroupResource(group, resource));
        if (type == null) {
            return 0;
        }
        try {
            Snapshot snapshot = caches.of(type).snapshot();
            return namespace.isEmpty() || !type.namespaced() ? snapshot.size() : snapshot.countFrom(namespace, "");
        } catch (StatusException notLoaded) {
            return 0;
        }
    }
}
