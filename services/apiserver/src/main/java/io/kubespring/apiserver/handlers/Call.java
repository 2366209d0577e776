package io.kubespring.apiserver.handlers;

import io.kubespring.api.GroupResource;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.RequestInfo;

/** A request for a resource that is served, on its way to the handler of its verb. */
public record Call(ApiRequest request, ResourceType type) {

    public RequestInfo info() {
        return request.info();
    }

    /** The namespace that objects are found in; empty for a cluster-scoped resource or all namespaces. */
    public String namespace() {
        return type.namespaced() ? info().namespace() : "";
    }

    public String name() {
        return info().name();
    }

    public String subresource() {
        return info().subresource();
    }

    public GroupResource groupResource() {
        return type.groupResource();
    }
}
