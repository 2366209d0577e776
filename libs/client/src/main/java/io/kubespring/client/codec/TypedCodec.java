package io.kubespring.client.codec;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.kubespring.api.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/** Objects as fabric8 models. */
public record TypedCodec<T extends HasMetadata>(Class<T> type) implements ObjectCodec<T> {

    @Override
    public T read(byte[] json) {
        return Models.READER.readValue(json, type);
    }

    @Override
    public T read(JsonParser parser) {
        return Models.READER
                .readerFor(type)
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readValue(parser);
    }

    @Override
    public T fromTree(JsonNode tree) {
        return Models.READER.treeToValue(tree, type);
    }

    @Override
    public byte[] write(T object) {
        return Json.write(object);
    }

    @Override
    public String name(T object) {
        return text(object.getMetadata().getName());
    }

    @Override
    public String namespace(T object) {
        return text(object.getMetadata().getNamespace());
    }

    @Override
    public String resourceVersion(T object) {
        ObjectMeta metadata = object.getMetadata();
        return metadata == null ? "" : text(metadata.getResourceVersion());
    }

    @Override
    public @Nullable String uid(T object) {
        return object.getMetadata().getUid();
    }

    @Override
    public Map<String, String> labels(T object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    @Override
    public void dropManagedFields(T object) {
        object.getMetadata().setManagedFields(List.of());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
