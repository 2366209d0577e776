package io.kubespring.apiserver.registry;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.request.DeleteOptions;

/** @param namespace empty for a cluster-scoped object */
public record DeleteRequest(ResourceType type, String namespace, String name, UserInfo user, DeleteOptions options) {}
