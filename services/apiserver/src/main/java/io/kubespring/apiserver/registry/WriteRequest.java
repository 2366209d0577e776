package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.request.WriteOptions;

/**
 * One write that a client asks for.
 *
 * @param subresource "status", "scale", …; empty for the object itself
 * @param namespace empty for a cluster-scoped object
 * @param name from the path; empty on create
 */
public record WriteRequest(
        ResourceType type,
        String subresource,
        String namespace,
        String name,
        UserInfo user,
        WriteOptions options,
        WriteSource source) {

    GroupVersionKind kind() {
        return type.kind();
    }
}
