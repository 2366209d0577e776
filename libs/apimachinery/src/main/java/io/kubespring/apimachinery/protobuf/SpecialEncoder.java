package io.kubespring.apimachinery.protobuf;

import io.kubespring.apimachinery.tape.JsonTape;
import java.time.Instant;

/** Writes messages whose JSON form is not an object of their fields. */
final class SpecialEncoder {

    private static final int ABSENT = -1;
    private static final int FIRST_INTEGER = 1 << 3;
    private static final int SECOND_INTEGER = 2 << 3;
    private static final int FIRST_BYTES = 1 << 3 | 2;
    private static final int THIRD_BYTES = 3 << 3 | 2;

    private final JsonTape tape;
    private final BackwardBuffer out;
    private final ProtobufEncoder encoder;

    SpecialEncoder(JsonTape tape, BackwardBuffer out, ProtobufEncoder encoder) {
        this.tape = tape;
        this.out = out;
        this.encoder = encoder;
    }

    void message(MessageType type, int node) {
        switch (type.special()) {
            case TIME -> time(node, false);
            case MICRO_TIME -> time(node, true);
            case DURATION -> {
                out.varint(node == ABSENT ? 0 : GoDuration.parse(tape.text(node)));
                out.varint(FIRST_INTEGER);
            }
            case QUANTITY -> quantity(node);
            case INT_OR_STRING -> intOrString(node);
            case RAW -> {
                if (node != ABSENT) {
                    int mark = out.written();
                    out.bytes(tape.json(), tape.start(node), tape.end(node));
                    out.delimited(FIRST_BYTES, mark);
                }
            }
            case ITEMS -> {
                if (node != ABSENT) {
                    encoder.list(type, 0, node);
                }
            }
            case SCHEMA_OR_LIST, SCHEMA_OR_TEXTS -> {
                if (node != ABSENT && tape.type(node) == '[') {
                    encoder.list(type, 1, node);
                } else if (node != ABSENT) {
                    schema(type, 0, node);
                }
            }
            case SCHEMA_OR_FLAG -> {
                boolean schema = node != ABSENT && tape.type(node) == '{';
                if (schema) {
                    schema(type, 1, node);
                }
                out.one(schema || (node != ABSENT && tape.type(node) == 't') ? 1 : 0);
                out.varint(FIRST_INTEGER);
            }
            case NONE -> throw new IllegalArgumentException(type.name());
        }
    }

    private void schema(MessageType type, int index, int node) {
        int mark = out.written();
        encoder.message(type.message(index), node);
        out.delimited(type.field(index).tag(), mark);
    }

    private void time(int node, boolean micros) {
        if (node == ABSENT) {
            return;
        }
        Instant time = Rfc3339.parse(tape.json(), tape.start(node) + 1, tape.end(node) - 1);
        out.varint(micros ? time.getNano() / 1000 * 1000 : 0);
        out.varint(SECOND_INTEGER);
        out.varint(time.getEpochSecond());
        out.varint(FIRST_INTEGER);
    }

    private void quantity(int node) {
        int mark = out.written();
        if (node == ABSENT) {
            out.one('0');
        } else {
            encoder.text(node);
        }
        out.delimited(FIRST_BYTES, mark);
    }

    private void intOrString(int node) {
        boolean text = node != ABSENT && tape.type(node) == '"';
        int mark = out.written();
        if (text) {
            encoder.text(node);
        }
        out.delimited(THIRD_BYTES, mark);
        out.varint(node == ABSENT || text ? 0 : JsonNumbers.integer(tape.json(), tape.start(node), tape.end(node)));
        out.varint(SECOND_INTEGER);
        out.one(text ? 1 : 0);
        out.varint(FIRST_INTEGER);
    }
}
