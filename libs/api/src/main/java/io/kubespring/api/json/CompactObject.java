package io.kubespring.api.json;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object of a tree whose fields are a {@link FieldMap}, which this package reads without iterators. */
class CompactObject extends ObjectNode {

    private static final long serialVersionUID = 1L;

    private final transient FieldMap fields;

    CompactObject(JsonNodeFactory nodes, FieldMap fields) {
        super(nodes, fields);
        this.fields = fields;
    }

    final FieldMap fields() {
        return fields;
    }
}
