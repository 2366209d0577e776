package io.kubespring.client.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names one object of a known kind. {@code namespace} is empty for cluster-scoped objects. */
public record ObjectKey(String namespace, String name) {

    public static ObjectKey of(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return new ObjectKey(
                namespace == null ? "" : namespace, object.getMetadata().getName());
    }

    /** "namespace/name", or "name". */
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
