package io.kubespring.api.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The mapper that trees and typed models share. Numbers keep their exact form; field order is kept. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .nodeFactory(CompactNodes.INSTANCE)
            .build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static ObjectNode object() {
        return CompactNodes.INSTANCE.objectNode();
    }

    /**
     * Reads a tree that is known to be an object (something we stored or made).
     *
     * @throws JacksonException where it is not JSON
     */
    public static ObjectNode readObject(byte[] json) {
        JsonNode plain = TreeReader.read(json);
        return (ObjectNode) (plain == null ? MAPPER.readTree(json) : plain);
    }

    public static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    /**
     * Reads what a client sent, if it is plain JSON without any field standing twice; objects may be shared
     * ({@link SharedObject}).
     *
     * @return null where a general reader has to tell what it is, or what is wrong with it
     */
    public static @Nullable JsonNode readPlain(byte[] json) {
        return TreeReader.read(json);
    }

    public static byte[] write(Object value) {
        byte[] plain = value instanceof JsonNode tree ? TreeWriter.write(tree) : null;
        return plain == null ? MAPPER.writeValueAsBytes(value) : plain;
    }

    /** Reads a typed model (fabric8's) from bytes. */
    public static <T> T readValue(byte[] json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** Turns a tree into a typed model, or back. */
    public static <T> T convert(Object value, Class<T> type) {
        return MAPPER.convertValue(value, type);
    }
}
