package io.kubespring.controllers.garbagecollector;

import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.controller.Result;
import tools.jackson.databind.node.ObjectNode;

/** Takes an owner's reference out of all its dependents, then lets the owner go. */
final class Orphaner implements Reconciler<String> {

    private final Graph graph;
    private final LiveObjects live;

    Orphaner(Graph graph, LiveObjects live) {
        this.graph = graph;
        this.live = live;
    }

    @Override
    public Result reconcile(String uid) {
        GraphNode owner = graph.get(uid);
        if (owner == null || !owner.orphaning) {
            return Result.DONE;
        }
        for (GraphNode dependent : graph.dependents(owner)) {
            ObjectNode object = live.find(dependent.identity);
            if (object != null) {
                live.keepOwners(dependent.identity, object, each -> !each.equals(uid));
            }
        }
        ObjectNode object = live.find(owner.identity);
        if (object != null && Finalizers.has(object, Finalizers.ORPHAN)) {
            live.removeFinalizer(owner.identity, object, Finalizers.ORPHAN);
        }
        return Result.DONE;
    }
}
