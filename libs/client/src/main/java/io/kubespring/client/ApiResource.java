package io.kubespring.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType;

/**
 * What a client must know of a resource to address it.
 *
 * @param plural "pods"
 */
public record ApiResource(GroupVersionKind kind, String plural, boolean namespaced) {

    /** Read from the model's annotations. */
    public static ApiResource of(Class<? extends HasMetadata> type) {
        String group = HasMetadata.getGroup(type);
        return new ApiResource(
                new GroupVersionKind(
                        group == null ? "" : group, HasMetadata.getVersion(type), HasMetadata.getKind(type)),
                HasMetadata.getPlural(type),
                Namespaced.class.isAssignableFrom(type));
    }

    public static ApiResource of(ResourceType type) {
        return new ApiResource(type.kind(), type.plural(), type.namespaced());
    }

    public GroupResource groupResource() {
        return new GroupResource(kind.group(), plural);
    }

    /** The path of the whole collection, or of one namespace's where {@code namespace} is not empty. */
    public String path(String namespace) {
        String root = kind.group().isEmpty() ? "/api/" + kind.version() : "/apis/" + kind.apiVersion();
        return root + (namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "") + "/" + plural;
    }
}
