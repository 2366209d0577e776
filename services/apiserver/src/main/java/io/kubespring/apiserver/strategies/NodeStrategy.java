package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import tools.jackson.databind.node.ObjectNode;

/** Nodes: a kubelet registers itself with its first status. */
final class NodeStrategy extends KindStrategy {

    NodeStrategy() {
        super(Traits.PLAIN);
    }

    @Override
    public void prepareForCreate(ObjectNode node, Context context) {
        metadata(node).remove("generation");
    }
}
