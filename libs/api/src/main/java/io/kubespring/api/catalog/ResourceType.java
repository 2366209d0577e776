package io.kubespring.api.catalog;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.schema.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One resource in one version, as discovery shows it and the store keeps it. Built-in and custom resources alike.
 *
 * @param kind group, version and kind
 * @param listKind "PodList"
 * @param plural "pods"
 * @param singular "pod"
 * @param shortNames "po"; may be empty
 * @param categories "all"; may be empty
 * @param namespaced whether objects live in a namespace
 * @param verbs in discovery's order (sorted): create, delete, deletecollection, get, list, patch, update, watch
 * @param subresources what hangs below an object ("status", "scale", "log", …)
 * @param storagePrefix key prefix without trailing slash ("/registry/pods"), shared by all versions of a resource; null
 *     for what is never stored (reviews)
 * @param schema the object's schema, root first
 */
public record ResourceType(
        GroupVersionKind kind,
        String listKind,
        String plural,
        String singular,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        Set<String> verbs,
        List<Subresource> subresources,
        @Nullable String storagePrefix,
        Schema schema) {

    /**
     * @param name "status"
     * @param kind what its body is: the object itself, or {@code autoscaling/v1 Scale}, {@code policy/v1 Eviction}, …
     * @param verbs e.g. get, patch, update
     * @param schema of the body
     */
    public record Subresource(String name, GroupVersionKind kind, Set<String> verbs, Schema schema) {}

    public GroupResource groupResource() {
        return new GroupResource(kind.group(), plural);
    }

    public String apiVersion() {
        return kind.apiVersion();
    }

    public boolean stored() {
        return storagePrefix != null;
    }

    /** The subresource of that name, or null. */
    public @Nullable Subresource subresource(String name) {
        for (Subresource each : subresources) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }
}
