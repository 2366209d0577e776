package io.kubespring.apimachinery.protobuf;

import java.util.Arrays;

/** A wire form being written from its end to its start, so that every length is known when it is written. */
final class BackwardBuffer {

    private byte[] bytes;
    private int at;

    BackwardBuffer(int expected) {
        bytes = new byte[Math.max(64, expected)];
        at = bytes.length;
    }

    /** How many bytes have been written. */
    int written() {
        return bytes.length - at;
    }

    void bytes(byte[] source, int from, int to) {
        int length = to - from;
        reserve(length);
        at -= length;
        System.arraycopy(source, from, bytes, at, length);
    }

    void bytes(byte[] source) {
        bytes(source, 0, source.length);
    }

    void one(int value) {
        reserve(1);
        bytes[--at] = (byte) value;
    }

    void varint(long value) {
        reserve(10);
        int length = value == 0 ? 1 : (63 - Long.numberOfLeadingZeros(value)) / 7 + 1;
        at -= length;
        long rest = value;
        int place = at;
        while ((rest & ~0x7fL) != 0) {
            bytes[place++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[place] = (byte) rest;
    }

    void fixed64(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            one((int) (value >>> shift));
        }
    }

    /** Puts tag and length in front of what was written since {@link #written} said {@code mark}. */
    void delimited(int tag, int mark) {
        varint(written() - mark);
        varint(tag);
    }

    byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    private void reserve(int count) {
        if (at < count) {
            int written = written();
            byte[] larger = new byte[Math.max(bytes.length * 2, written + count)];
            System.arraycopy(bytes, at, larger, larger.length - written, written);
            at = larger.length - written;
            bytes = larger;
        }
    }
}
