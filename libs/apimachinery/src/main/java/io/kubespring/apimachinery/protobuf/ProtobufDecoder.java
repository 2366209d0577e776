package io.kubespring.apimachinery.protobuf;

import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.decode.MalformedBodyException;
import io.kubespring.apimachinery.protobuf.Field.Presence;
import io.kubespring.apimachinery.protobuf.Field.Repetition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one message into the tree that Go would have written as JSON: what its encoder always writes is left out again
 * where it is zero and JSON leaves it out.
 */
final class ProtobufDecoder {

    private static final int MAX_DEPTH = 500;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final WireReader in;
    private int depth;

    ProtobufDecoder(WireReader in) {
        this.in = in;
    }

    /** Adds a message's fields to an object. */
    void read(MessageType type, int end, ObjectNode into) {
        if (++depth > MAX_DEPTH) {
            throw new MalformedBodyException("exceeded max depth");
        }
        while (in.place() < end) {
            int tag = (int) in.varint(end);
            int index = type.find(tag >>> 3);
            if (index < 0) {
                in.skip(tag & 7, end);
            } else {
                field(type, index, tag & 7, end, into);
            }
        }
        depth--;
    }

    private void field(MessageType type, int index, int wire, int end, ObjectNode into) {
        Field field = type.field(index);
        switch (field.repetition()) {
            case INLINE -> {
                expect(type, field, wire);
                read(type.message(index), in.endOfDelimited(end), into);
            }
            case MAP -> {
                if (wire != 2) {
                    throw wrongType(type, field, wire);
                }
                entry(type, index, in.endOfDelimited(end), child(into, field.jsonName()));
            }
            case LIST -> list(type, index, wire, end, into);
            case ONE -> {
                expect(type, field, wire);
                JsonNode value = value(type, index, end, into.get(field.jsonName()));
                if (value != null && !leftOut(field, value)) {
                    into.set(field.jsonName(), value);
                }
            }
        }
    }

    private void list(MessageType type, int index, int wire, int end, ObjectNode into) {
        Field field = type.field(index);
        ArrayNode items =
                into.get(field.jsonName()) instanceof ArrayNode known ? known : into.putArray(field.jsonName());
        if (wire == 2 && field.type() == Field.Type.INTEGER) {
            int packed = in.endOfDelimited(end);
            while (in.place() < packed) {
                items.add(in.varint(packed));
            }
            return;
        }
        expect(type, field, wire);
        JsonNode item = value(type, index, end, null);
        items.add(item == null ? NODES.nullNode() : item);
    }

    /** Null where JSON shows nothing. */
    private @Nullable JsonNode value(MessageType type, int index, int end, @Nullable JsonNode present) {
        return switch (type.field(index).type()) {
            case FLAG -> NODES.booleanNode(in.varint(end) != 0);
            case INTEGER -> integer(in.varint(end));
            case DOUBLE -> NODES.numberNode(Double.longBitsToDouble(in.fixed64(end)));
            case TEXT -> NODES.stringNode(text(end));
            case BYTES -> NODES.stringNode(Base64.getEncoder().encodeToString(delimited(end)));
            case MESSAGE -> message(type.message(index), in.endOfDelimited(end), present);
        };
    }

    private @Nullable JsonNode message(MessageType type, int end, @Nullable JsonNode present) {
        if (type.special() != Special.NONE) {
            return new SpecialDecoder(in, this).read(type, end);
        }
        ObjectNode tree = present instanceof ObjectNode known ? known : Json.object();
        read(type, end, tree);
        return tree;
    }

    /** A message that stands by itself. */
    ObjectNode object(MessageType type, int end) {
        ObjectNode tree = Json.object();
        read(type, end, tree);
        return tree;
    }

    private void entry(MessageType type, int index, int end, ObjectNode map) {
        String key = "";
        JsonNode value = null;
        while (in.place() < end) {
            int tag = (int) in.varint(end);
            if (tag == (1 << 3 | 2)) {
                key = text(end);
            } else if (tag >>> 3 == 2 && (tag & 7) == type.field(index).type().wire()) {
                value = value(type, index, end, null);
            } else {
                in.skip(tag & 7, end);
            }
        }
        map.set(key, value == null ? zero(type.field(index)) : value);
    }

    private static JsonNode zero(Field field) {
        return switch (field.type()) {
            case TEXT, BYTES -> NODES.stringNode("");
            case FLAG -> NODES.booleanNode(false);
            case INTEGER, DOUBLE -> NODES.numberNode(0);
            case MESSAGE -> NODES.nullNode();
        };
    }

    /** Numbers that fit are ints, as they are when read from JSON. */
    static JsonNode integer(long value) {
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    String text(int end) {
        int to = in.endOfDelimited(end);
        String text = new String(in.bytes(), in.place(), to - in.place(), StandardCharsets.UTF_8);
        in.moveTo(to);
        return text;
    }

    byte[] delimited(int end) {
        int to = in.endOfDelimited(end);
        byte[] bytes = java.util.Arrays.copyOfRange(in.bytes(), in.place(), to);
        in.moveTo(to);
        return bytes;
    }

    private static boolean leftOut(Field field, JsonNode value) {
        if (field.presence() != Presence.ALWAYS_BUT_ZERO_IS_LEFT_OUT_OF_JSON) {
            return false;
        }
        return switch (field.type()) {
            case TEXT, BYTES -> value.asString().isEmpty();
            case FLAG -> !value.asBoolean();
            case INTEGER, DOUBLE -> value.asDouble() == 0;
            case MESSAGE -> value.isObject() && value.isEmpty();
        };
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode known ? known : parent.putObject(name);
    }

    private static void expect(MessageType type, Field field, int wire) {
        int wanted = field.repetition() == Repetition.MAP ? 2 : field.type().wire();
        if (wire != wanted) {
            throw wrongType(type, field, wire);
        }
    }

    private static MalformedBodyException wrongType(MessageType type, Field field, int wire) {
        String message = type.name().substring(type.name().lastIndexOf('.') + 1);
        return new MalformedBodyException("proto: wrong wireType = " + wire + " for field "
                + Character.toUpperCase(field.jsonName().charAt(0))
                + field.jsonName().substring(1) + " of " + message);
    }
}
