package io.kubespring.apiserver.registry;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import io.kubespring.storage.Store;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored object as a write starts from it: read-only, with its resourceVersion filled in, in the requested version.
 *
 * @param revision it was last written at
 */
record Live(ObjectNode object, long revision) {

    static Live of(Store.Entry entry, ResourceType type) {
        ObjectNode object = Json.readObject(entry.value());
        Metadata.of(object).put("resourceVersion", Long.toString(entry.revision()));
        object.put("apiVersion", type.apiVersion());
        return new Live(object, entry.revision());
    }
}
