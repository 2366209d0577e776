package io.kubespring.apiserver.registry;

import io.kubespring.api.catalog.ResourceType;
import java.util.Objects;

/** Where objects are kept in the store: upstream's layout. */
public final class ObjectKeys {

    private ObjectKeys() {}

    /** @param namespace empty for a cluster-scoped object */
    public static String of(ResourceType type, String namespace, String name) {
        String prefix = Objects.requireNonNull(type.storagePrefix(), "never stored");
        return namespace.isEmpty() ? prefix + "/" + name : prefix + "/" + namespace + "/" + name;
    }

    /** The prefix of all objects of a type, or of one namespace of it. */
    public static String prefix(ResourceType type, String namespace) {
        String prefix = Objects.requireNonNull(type.storagePrefix(), "never stored");
        return namespace.isEmpty() ? prefix + "/" : prefix + "/" + namespace + "/";
    }
}
