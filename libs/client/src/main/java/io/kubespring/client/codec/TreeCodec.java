package io.kubespring.client.codec;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects as trees, for code that knows no kind. */
public record TreeCodec(GroupVersionKind kind) implements ObjectCodec<ObjectNode> {

    @Override
    public ObjectNode read(byte[] json) {
        return Json.readObject(json);
    }

    @Override
    public ObjectNode read(JsonParser parser) {
        return (ObjectNode) Json.mapper()
                .readerFor(ObjectNode.class)
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .<JsonNode>readValue(parser);
    }

    @Override
    public ObjectNode fromTree(JsonNode tree) {
        var object = (ObjectNode) tree;
        if (!object.has("kind")) {
            object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        }
        return object;
    }

    @Override
    public byte[] write(ObjectNode object) {
        return Json.write(object);
    }

    @Override
    public String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    @Override
    public String namespace(ObjectNode object) {
        return object.path("metadata").path("namespace").asString("");
    }

    @Override
    public String resourceVersion(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asString("");
    }

    @Override
    public @Nullable String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asString(null);
    }

    @Override
    public Map<String, String> labels(ObjectNode object) {
        var labels = new LinkedHashMap<String, String>();
        object.path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }

    @Override
    public void dropManagedFields(ObjectNode object) {
        if (object.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
    }
}
