package io.kubespring.apiserver.handlers;

import io.kubespring.api.GroupResource;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.Negotiation;
import io.kubespring.apiserver.request.Negotiation.Accepted;
import io.kubespring.apiserver.request.Representation;
import io.kubespring.apiserver.request.RequestInfo;

/** A request for a resource that is served, on its way to the handler of its verb. */
public record Call(ApiRequest request, ResourceType type, Negotiation negotiation, Accepted accepted) {

    public RequestInfo info() {
        return request.info();
    }

    /** @throws StatusException 406 where nothing of what is accepted is served */
    public Representation representation() {
        return accepted.representation();
    }

    /**
     * The media type of a body that is a whole object.
     *
     * @throws StatusException 415 for what is not read
     */
    public String bodyType() {
        return negotiation.bodyType(request.headers().first("content-type"));
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
