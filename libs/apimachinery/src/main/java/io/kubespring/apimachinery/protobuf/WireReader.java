package io.kubespring.apimachinery.protobuf;

import io.kubespring.apimachinery.decode.MalformedBodyException;

/** Reads protobuf's wire form from a stretch of bytes. */
final class WireReader {

    private final byte[] bytes;
    private int at;

    WireReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    int place() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    byte[] bytes() {
        return bytes;
    }

    long varint(int end) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw new MalformedBodyException("unexpected EOF");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedBodyException("proto: integer overflow");
    }

    long fixed64(int end) {
        if (at + 8 > end) {
            throw new MalformedBodyException("unexpected EOF");
        }
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value |= (bytes[at++] & 0xffL) << 8 * i;
        }
        return value;
    }

    /** Reads a length, and says where what it measures ends. */
    int endOfDelimited(int end) {
        long length = varint(end);
        if (length < 0) {
            throw new MalformedBodyException("proto: negative length found during unmarshaling");
        }
        if (length > end - at) {
            throw new MalformedBodyException("unexpected EOF");
        }
        return at + (int) length;
    }

    void skip(int wire, int end) {
        switch (wire) {
            case 0 -> varint(end);
            case 1 -> fixed64(end);
            case 2 -> at = endOfDelimited(end);
            case 5 -> {
                if (at + 4 > end) {
                    throw new MalformedBodyException("unexpected EOF");
                }
                at += 4;
            }
            default -> throw new MalformedBodyException("proto: illegal wireType " + wire);
        }
    }
}
