package io.kubespring.apiserver.registry;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.convert.Conversions;
import io.kubespring.storage.Store;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored object as a write starts from it: read-only, with its resourceVersion filled in, in the requested version.
 *
 * @param revision it was last written at
 */
record Live(ObjectNode object, long revision) {

    static Live of(Store.Entry entry, ResourceType type) {
        ObjectNode object = Conversions.convert(Json.readObject(entry.value()), type.kind());
        Metadata.of(object).put("resourceVersion", Long.toString(entry.revision()));
        return new Live(object, entry.revision());
    }
}
