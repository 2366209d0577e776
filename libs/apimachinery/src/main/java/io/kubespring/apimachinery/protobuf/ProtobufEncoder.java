package io.kubespring.apimachinery.protobuf;

import io.kubespring.apimachinery.protobuf.Field.Repetition;
import io.kubespring.apimachinery.tape.JsonTape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes one message from its JSON, byte for byte as upstream's generated code does: fields by number, those that are no
 * pointers in Go also when nobody set them, maps by key. Goes backward over the places of a {@link JsonTape}; not for
 * several threads.
 */
final class ProtobufEncoder {

    private static final int ABSENT = -1;
    private static final JsonTape NOTHING = JsonTape.of(new byte[] {'n', 'u', 'l', 'l'});

    private final JsonTape tape;
    private final byte[] json;
    private final BackwardBuffer out;
    private final NodeStack nodes = new NodeStack();
    private final SpecialEncoder specials;

    ProtobufEncoder(JsonTape tape, BackwardBuffer out) {
        this.tape = tape;
        this.json = tape.json();
        this.out = out;
        specials = new SpecialEncoder(tape, out, this);
    }

    static byte[] emptyForm(MessageType type) {
        var out = new BackwardBuffer(64);
        new ProtobufEncoder(NOTHING, out).message(type, ABSENT);
        return out.toByteArray();
    }

    /** A message's fields, without tag and length. */
    void message(MessageType type, int node) {
        if (type.special() != Special.NONE) {
            specials.message(type, node);
            return;
        }
        int size = type.size();
        int base = nodes.push(size, ABSENT);
        if (node != ABSENT && tape.type(node) == '{') {
            find(type, node, base);
        }
        for (int i = size - 1; i >= 0; i--) {
            field(type, i, nodes.get(base + i), node);
        }
        nodes.pop(base);
    }

    private void find(MessageType type, int node, int base) {
        int end = tape.next(node);
        for (int name = tape.firstChild(node); name < end; ) {
            int value = name + 1;
            if (!tape.isNull(value)) {
                int index = indexOf(type, name);
                if (index >= 0) {
                    nodes.set(base + index, value);
                }
            }
            name = tape.next(value);
        }
    }

    private int indexOf(MessageType type, int name) {
        if (tape.escaped(name)) {
            byte[] text = tape.textBytes(name);
            return type.find(text, 0, text.length);
        }
        return type.find(json, tape.start(name) + 1, tape.end(name) - 1);
    }

    private void field(MessageType type, int index, int value, int parent) {
        Field field = type.field(index);
        if (field.repetition() == Repetition.INLINE) {
            int mark = out.written();
            message(type.message(index), parent);
            out.delimited(field.tag(), mark);
        } else if (value == ABSENT) {
            if (field.always()) {
                zero(type, index);
            }
        } else if (field.repetition() == Repetition.ONE) {
            value(type, index, field.tag(), value);
        } else if (field.repetition() == Repetition.LIST) {
            list(type, index, value);
        } else {
            map(type, index, value);
        }
    }

    private void zero(MessageType type, int index) {
        Field field = type.field(index);
        switch (field.type()) {
            case MESSAGE -> {
                byte[] empty = type.message(index).empty();
                out.bytes(empty);
                out.varint(empty.length);
            }
            case DOUBLE -> out.fixed64(0);
            case TEXT, FLAG, INTEGER, BYTES -> out.one(0);
        }
        out.varint(field.tag());
    }

    private void value(MessageType type, int index, int tag, int node) {
        switch (type.field(index).type()) {
            case MESSAGE -> {
                int mark = out.written();
                message(type.message(index), node);
                out.delimited(tag, mark);
                return;
            }
            case TEXT -> {
                int mark = out.written();
                text(node);
                out.delimited(tag, mark);
                return;
            }
            case BYTES -> {
                byte[] decoded = base64(node);
                out.bytes(decoded);
                out.varint(decoded.length);
            }
            case FLAG -> out.one(tape.type(node) == 't' ? 1 : 0);
            case INTEGER -> out.varint(JsonNumbers.integer(json, tape.start(node), tape.end(node)));
            case DOUBLE -> out.fixed64(Double.doubleToRawLongBits(Double.parseDouble(tape.text(node))));
        }
        out.varint(tag);
    }

    /** A text without its length; any other scalar as it is written. */
    void text(int node) {
        if (tape.type(node) != '"') {
            if (!tape.isNull(node)) {
                out.bytes(json, tape.start(node), tape.end(node));
            }
        } else if (tape.escaped(node)) {
            out.bytes(tape.textBytes(node));
        } else {
            out.bytes(json, tape.start(node) + 1, tape.end(node) - 1);
        }
    }

    private byte[] base64(int node) {
        if (tape.escaped(node)) {
            return Base64.getDecoder().decode(tape.textBytes(node));
        }
        int from = tape.start(node) + 1;
        ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(json, from, tape.end(node) - 1 - from));
        return Arrays.copyOf(decoded.array(), decoded.limit());
    }

    void list(MessageType type, int index, int node) {
        int end = tape.next(node);
        int base = nodes.size();
        for (int item = tape.firstChild(node); item < end; item = tape.next(item)) {
            nodes.push(item);
        }
        int tag = type.field(index).tag();
        for (int i = nodes.size() - 1; i >= base; i--) {
            value(type, index, tag, nodes.get(i));
        }
        nodes.pop(base);
    }

    private void map(MessageType type, int index, int node) {
        int end = tape.next(node);
        int base = nodes.size();
        for (int name = tape.firstChild(node); name < end; name = tape.next(name + 1)) {
            nodes.push(name);
        }
        nodes.sort(base, this::compareNames);
        Field field = type.field(index);
        for (int i = nodes.size() - 1; i >= base; i--) {
            int name = nodes.get(i);
            int mark = out.written();
            if (tape.isNull(name + 1)) {
                if (field.type() == Field.Type.MESSAGE) {
                    byte[] empty = type.message(index).empty();
                    out.bytes(empty);
                    out.varint(empty.length);
                    out.varint(2 << 3 | Field.Type.MESSAGE.wire());
                }
            } else {
                value(type, index, 2 << 3 | field.type().wire(), name + 1);
            }
            int keyMark = out.written();
            text(name);
            out.delimited(1 << 3 | Field.Type.TEXT.wire(), keyMark);
            out.delimited(field.tag(), mark);
        }
        nodes.pop(base);
    }

    private int compareNames(int one, int other) {
        if (tape.escaped(one) || tape.escaped(other)) {
            return Arrays.compareUnsigned(tape.textBytes(one), tape.textBytes(other));
        }
        return Arrays.compareUnsigned(
                json, tape.start(one) + 1, tape.end(one) - 1, json, tape.start(other) + 1, tape.end(other) - 1);
    }
}
