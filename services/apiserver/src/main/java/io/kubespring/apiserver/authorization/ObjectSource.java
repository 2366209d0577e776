package io.kubespring.apiserver.authorization;

import io.kubespring.api.GroupResource;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects that security decisions rest on, read from the watch caches without blocking. An unknown resource has no
 * objects.
 */
public interface ObjectSource {

    /**
     * Equal (by {@code equals}) for as long as no object of the resource changed, so that what was parsed from its
     * objects can be kept: the revision of the resource's newest change, or the snapshot itself. Cheap.
     */
    Object changeToken(GroupResource resource);

    /** All objects of a resource, or those of one namespace, as of one revision. */
    Collection<? extends Item> list(GroupResource resource, @Nullable String namespace);

    /** @param namespace empty for a cluster-scoped resource */
    @Nullable
    Item get(GroupResource resource, String namespace, String name);

    /** One object at one revision. */
    interface Item {
        /** Empty for a cluster-scoped object. */
        String namespace();

        String name();

        /** The object's resourceVersion. */
        long revision();

        /** The whole object; may parse it on each call, and must not be modified. */
        ObjectNode tree();
    }
}
