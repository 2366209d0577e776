package io.kubespring.api.json;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the nodes of trees: Jackson's, with compact objects. */
final class CompactNodes extends JsonNodeFactory {

    private static final long serialVersionUID = 1L;

    static final CompactNodes INSTANCE = new CompactNodes();

    private CompactNodes() {}

    @Override
    public ObjectNode objectNode() {
        return new CompactObject(this, new FieldMap());
    }
}
