package io.kubespring.apiserver;

import io.kubespring.api.GroupResource;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.handlers.ResourceCaches;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Other objects, for decisions that must not wait, from the watch caches. */
final class CachedObjects implements ObjectSource {

    private final Map<GroupResource, ResourceType> types = new ConcurrentHashMap<>();
    private final ResourceCaches caches;

    CachedObjects(Catalog catalog, ResourceCaches caches) {
        this.caches = caches;
        for (ResourceType type : catalog.all()) {
            if (type.stored()) {
                types.putIfAbsent(type.groupResource(), type);
            }
        }
    }

    private record CachedItem(StoredObject object) implements Item {
        @Override
        public String namespace() {
            return object.namespace();
        }

        @Override
        public String name() {
            return object.name();
        }

        @Override
        public long revision() {
            return object.revision();
        }

        @Override
        public ObjectNode tree() {
            return object.tree();
        }
    }

    @Override
    public Object changeToken(GroupResource resource) {
        ResourceType type = types.get(resource);
        return type == null ? this : caches.of(type).snapshot().changeToken();
    }

    @Override
    public Collection<? extends Item> list(GroupResource resource, @Nullable String namespace) {
        Snapshot snapshot = snapshot(resource);
        if (snapshot == null) {
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        snapshot.objects(namespace == null ? "" : namespace).forEachRemaining(each -> items.add(new CachedItem(each)));
        return items;
    }

    @Override
    public @Nullable Item get(GroupResource resource, String namespace, String name) {
        Snapshot snapshot = snapshot(resource);
        StoredObject object = snapshot == null ? null : snapshot.get(namespace, name);
        return object == null ? null : new CachedItem(object);
    }

    private @Nullable Snapshot snapshot(GroupResource resource) {
        ResourceType type = types.get(resource);
        return type == null ? null : caches.of(type).snapshot();
    }
}
