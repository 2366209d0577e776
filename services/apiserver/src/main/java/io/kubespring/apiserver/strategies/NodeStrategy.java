package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.defaulting.DisabledFields;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.warnings.CoreWarnings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Nodes: a kubelet registers itself with its first status. */
final class NodeStrategy extends KindStrategy {

    NodeStrategy() {
        super(Traits.PLAIN);
    }

    @Override
    public void prepareForCreate(ObjectNode node, Context context) {
        metadata(node).remove("generation");
        DisabledFields.drop("Node", node, MissingNode.getInstance());
    }

    @Override
    public List<String> warnings(ObjectNode node, @Nullable ObjectNode current, Context context) {
        return context.subresource().isEmpty() ? CoreWarnings.node(Field.root(node)) : List.of();
    }
}
