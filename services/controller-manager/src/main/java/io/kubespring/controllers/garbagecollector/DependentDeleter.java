package io.kubespring.controllers.garbagecollector;

import io.kubespring.client.ApiResource;
import io.kubespring.client.DeleteOptions.Propagation;
import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.controller.Result;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at one object, by uid: deletes it when none of its owners is left, drops references to owners that are gone when
 * others are left, and lets go an object in foreground deletion when its dependents are gone. Asks the server about the
 * object and about every owner first. A cluster-scoped object whose owner is of a namespaced kind is left alone.
 */
final class DependentDeleter implements Reconciler<String> {

    private static final Logger LOG = LoggerFactory.getLogger(DependentDeleter.class);

    private final Graph graph;
    private final LiveObjects live;
    private final Consumer<String> again;
    private final Consumer<String> gone;

    /**
     * @param again has another object looked at
     * @param gone told of a uid that the server does not have
     */
    DependentDeleter(Graph graph, LiveObjects live, Consumer<String> again, Consumer<String> gone) {
        this.graph = graph;
        this.live = live;
        this.again = again;
        this.gone = gone;
    }

    @Override
    public Result reconcile(String uid) {
        GraphNode node = graph.get(uid);
        if (node == null || node.beingDeleted && !node.deletingDependents) {
            return Result.DONE;
        }
        ObjectNode object = live.find(node.identity);
        if (object == null) {
            gone.accept(uid);
            return Result.DONE;
        }
        if (node.deletingDependents) {
            finishForeground(node, object);
        } else {
            judge(node, object);
        }
        return Result.DONE;
    }

    private void finishForeground(GraphNode node, ObjectNode object) {
        List<GraphNode> blocking = graph.blockingDependents(node);
        if (blocking.isEmpty()) {
            live.removeFinalizer(node.identity, object, Finalizers.FOREGROUND);
            return;
        }
        blocking.stream()
                .filter(dependent -> !dependent.deletingDependents)
                .forEach(dependent -> again.accept(dependent.identity.uid()));
    }

    private void judge(GraphNode node, ObjectNode object) {
        List<OwnerRef> owners = OwnerRef.of(object);
        Set<String> dangling = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        for (OwnerRef reference : owners) {
            ApiResource resource = live.resource(reference);
            if (resource == null
                    || resource.namespaced() && node.identity.namespace().isEmpty()) {
                LOG.debug("{}: owner {} {} cannot be judged", node.identity, reference.kind(), reference.name());
                return;
            }
            ObjectNode owner = owner(node, reference, resource);
            if (owner == null) {
                dangling.add(reference.uid());
            } else if (Finalizers.isBeingDeleted(owner) && Finalizers.has(owner, Finalizers.FOREGROUND)) {
                waiting.add(reference.uid());
            }
        }
        if (dangling.isEmpty() && waiting.isEmpty()) {
            return;
        }
        boolean othersLeft = owners.size() > dangling.size() + waiting.size();
        if (othersLeft) {
            live.keepOwners(node.identity, object, uid -> !dangling.contains(uid) && !waiting.contains(uid));
        } else {
            delete(node, object, !waiting.isEmpty());
        }
    }

    private @Nullable ObjectNode owner(GraphNode node, OwnerRef reference, ApiResource resource) {
        String namespace = resource.namespaced() ? node.identity.namespace() : "";
        return live.find(new Identity(resource, namespace, reference.name(), reference.uid()));
    }

    private void delete(GraphNode node, ObjectNode object, boolean ownerWaits) {
        List<GraphNode> dependents = graph.dependents(node);
        Propagation policy;
        if (ownerWaits && !dependents.isEmpty()) {
            if (dependents.stream().anyMatch(dependent -> dependent.deletingDependents)) {
                live.unblockOwners(node.identity, object);
                again.accept(node.identity.uid());
                return;
            }
            policy = Propagation.FOREGROUND;
        } else if (Finalizers.has(object, Finalizers.ORPHAN)) {
            policy = Propagation.ORPHAN;
        } else if (Finalizers.has(object, Finalizers.FOREGROUND)) {
            policy = Propagation.FOREGROUND;
        } else {
            policy = Propagation.BACKGROUND;
        }
        LOG.info("{}: no owner is left, deleted", node.identity);
        live.delete(node.identity, object, policy);
    }
}
