package io.kubespring.controllers.garbagecollector;

import io.kubespring.client.ApiResource;

/**
 * Names one object for good.
 *
 * @param namespace empty for cluster-scoped objects
 */
record Identity(ApiResource resource, String namespace, String name, String uid) {

    @Override
    public String toString() {
        return resource.kind().kind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name) + " (" + uid + ")";
    }
}
