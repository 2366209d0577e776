package io.kubespring.apimachinery.protobuf;

import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.decode.MalformedBodyException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads messages whose JSON form is not an object of their fields. */
final class SpecialDecoder {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final WireReader in;
    private final ProtobufDecoder decoder;
    private long first;
    private long second;
    private String text = "";
    private byte[] raw = {};

    SpecialDecoder(WireReader in, ProtobufDecoder decoder) {
        this.in = in;
        this.decoder = decoder;
    }

    /** Null where JSON shows nothing. */
    @Nullable
    JsonNode read(MessageType type, int end) {
        return switch (type.special()) {
            case TIME, MICRO_TIME, DURATION, QUANTITY, INT_OR_STRING -> {
                scalars(end);
                yield scalar(type);
            }
            case RAW -> {
                bytes(end);
                yield raw.length == 0 ? null : json();
            }
            case ITEMS -> list(decoder.object(type, end), "items");
            case SCHEMA_OR_LIST -> schemaOr(decoder.object(type, end), "jSONSchemas");
            case SCHEMA_OR_TEXTS -> schemaOr(decoder.object(type, end), "property");
            case SCHEMA_OR_FLAG -> {
                ObjectNode both = decoder.object(type, end);
                JsonNode schema = both.get("schema");
                yield schema != null
                        ? schema
                        : NODES.booleanNode(both.path("allows").asBoolean(false));
            }
            case NONE -> throw new IllegalArgumentException(type.name());
        };
    }

    private static JsonNode list(ObjectNode wrapped, String field) {
        JsonNode items = wrapped.get(field);
        return items == null ? NODES.arrayNode() : items;
    }

    private static JsonNode schemaOr(ObjectNode both, String list) {
        JsonNode schema = both.get("schema");
        return schema != null ? schema : list(both, list);
    }

    private @Nullable JsonNode scalar(MessageType type) {
        try {
            return switch (type.special()) {
                case TIME ->
                    first == 0 && second == 0 ? null : NODES.stringNode(Rfc3339.seconds(Instant.ofEpochSecond(first)));
                case MICRO_TIME ->
                    first == 0 && second == 0
                            ? null
                            : NODES.stringNode(Rfc3339.micros(Instant.ofEpochSecond(first, second)));
                case DURATION -> NODES.stringNode(GoDuration.format(first));
                case QUANTITY -> NODES.stringNode(text);
                case INT_OR_STRING -> first == 1 ? NODES.stringNode(text) : ProtobufDecoder.integer((int) second);
                case NONE, RAW, ITEMS, SCHEMA_OR_LIST, SCHEMA_OR_FLAG, SCHEMA_OR_TEXTS ->
                    throw new IllegalArgumentException(type.name());
            };
        } catch (DateTimeException | ArithmeticException noTime) {
            throw new MalformedBodyException("timestamp out of range");
        }
    }

    /** The first two numbers and the first text, whichever fields they are. */
    private void scalars(int end) {
        while (in.place() < end) {
            int tag = (int) in.varint(end);
            switch (tag) {
                case 1 << 3 -> first = in.varint(end);
                case 2 << 3 -> second = in.varint(end);
                case 1 << 3 | 2, 3 << 3 | 2 -> text = decoder.text(end);
                default -> in.skip(tag & 7, end);
            }
        }
    }

    private void bytes(int end) {
        while (in.place() < end) {
            int tag = (int) in.varint(end);
            if (tag == (1 << 3 | 2)) {
                raw = decoder.delimited(end);
            } else {
                in.skip(tag & 7, end);
            }
        }
    }

    private @Nullable JsonNode json() {
        try {
            JsonNode value = Json.mapper().readTree(raw);
            return value.isNull() ? null : value;
        } catch (JacksonException noJson) {
            throw new MalformedBodyException("invalid JSON in a raw field");
        }
    }
}
