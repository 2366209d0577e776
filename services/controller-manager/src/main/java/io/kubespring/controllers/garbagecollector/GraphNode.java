package io.kubespring.controllers.garbagecollector;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An object in the graph. Changed under the {@link Graph}'s lock alone; its flags may be read without. */
final class GraphNode {

    final Identity identity;
    final Set<GraphNode> dependents = new LinkedHashSet<>();
    volatile List<OwnerRef> owners = List.of();
    /** Known only from a reference: not yet, or no longer, seen by an informer. */
    volatile boolean virtual;

    volatile boolean beingDeleted;
    /** Being deleted in the foreground: waits until its dependents are gone. */
    volatile boolean deletingDependents;

    volatile boolean orphaning;

    GraphNode(Identity identity, boolean virtual) {
        this.identity = identity;
        this.virtual = virtual;
    }

    boolean blocksDeletionOf(GraphNode owner) {
        return owners.stream()
                .anyMatch(reference -> reference.uid().equals(owner.identity.uid()) && reference.blocksOwnerDeletion());
    }
}
