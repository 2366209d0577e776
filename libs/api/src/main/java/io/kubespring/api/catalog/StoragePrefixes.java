package io.kubespring.api.catalog;

import io.kubespring.api.GroupResource;
import java.util.Map;

/**
 * Where upstream keeps each built-in resource in its store. All versions share one place; so do core and events.k8s.io
 * Events. Without an entry here the place is the plural name, without the group.
 */
final class StoragePrefixes {

    private static final Map<String, String> SPECIAL = Map.of(
            "endpoints", "/registry/services/endpoints",
            "nodes", "/registry/minions",
            "replicationcontrollers", "/registry/controllers",
            "services", "/registry/services/specs",
            "ingresses.networking.k8s.io", "/registry/ingress",
            "customresourcedefinitions.apiextensions.k8s.io",
                    "/registry/apiextensions.k8s.io/customresourcedefinitions",
            "apiservices.apiregistration.k8s.io", "/registry/apiregistration.k8s.io/apiservices");

    private StoragePrefixes() {}

    static String of(GroupResource resource) {
        return SPECIAL.getOrDefault(resource.toString(), "/registry/" + resource.resource());
    }
}
