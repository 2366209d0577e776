package io.kubespring.apiserver.registry;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.storage.Store;
import org.jspecify.annotations.Nullable;

/** What this server knows of the store without asking it: right at some time shortly ago, perhaps not now. */
@FunctionalInterface
public interface KnownEntries {

    /**
     * @param namespace empty for a cluster-scoped resource
     * @return null if nothing is known, which does not say that nothing is there
     */
    Store.@Nullable Entry find(ResourceType type, String namespace, String name);
}
