package io.kubespring.apimachinery.cbor;

import io.kubespring.apimachinery.tape.JsonTape;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Writes JSON as CBOR: texts as byte strings, integers and floats in their shortest forms, keys in the order of RFC 8949
 * 4.2.1, so that equal objects are equal bytes.
 */
final class CborEncoder {

    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1 << 5;
    static final int BYTES = 2 << 5;
    static final int ARRAY = 4 << 5;
    static final int MAP = 5 << 5;

    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;
    private static final int NULL = 0xf6;
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final JsonTape tape;
    private final byte[] json;
    private final ByteArrayOutputStream out;

    CborEncoder(JsonTape tape, ByteArrayOutputStream out) {
        this.tape = tape;
        this.json = tape.json();
        this.out = out;
    }

    void value(int node) {
        switch (tape.type(node)) {
            case '{' -> map(node);
            case '[' -> array(node);
            case '"' -> text(node);
            case 't' -> out.write(TRUE);
            case 'f' -> out.write(FALSE);
            case 'n' -> out.write(NULL);
            default -> number(tape.text(node));
        }
    }

    private void map(int node) {
        int end = tape.next(node);
        int count = 0;
        for (int name = tape.firstChild(node); name < end; name = tape.next(name + 1)) {
            count++;
        }
        int[] names = new int[count];
        int place = 0;
        for (int name = tape.firstChild(node); name < end; name = tape.next(name + 1)) {
            names[place++] = name;
        }
        head(out, MAP, count);
        for (int name : sorted(names)) {
            text(name);
            value(name + 1);
        }
    }

    /** Shorter names first: their heads are smaller. */
    private int[] sorted(int[] names) {
        return Arrays.stream(names)
                .boxed()
                .sorted(this::compare)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int compare(int one, int other) {
        byte[] first = tape.textBytes(one);
        byte[] second = tape.textBytes(other);
        int byLength = Integer.compare(first.length, second.length);
        return byLength != 0 ? byLength : Arrays.compareUnsigned(first, second);
    }

    private void array(int node) {
        int end = tape.next(node);
        int count = 0;
        for (int item = tape.firstChild(node); item < end; item = tape.next(item)) {
            count++;
        }
        head(out, ARRAY, count);
        for (int item = tape.firstChild(node); item < end; item = tape.next(item)) {
            value(item);
        }
    }

    private void text(int node) {
        if (tape.escaped(node)) {
            byte[] text = tape.textBytes(node);
            head(out, BYTES, text.length);
            out.writeBytes(text);
        } else {
            int from = tape.start(node) + 1;
            int length = tape.end(node) - 1 - from;
            head(out, BYTES, length);
            out.write(json, from, length);
        }
    }

    private void number(String text) {
        var decimal = new BigDecimal(text);
        boolean integer = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
        if (integer && decimal.compareTo(LEAST) >= 0 && decimal.compareTo(MOST) <= 0) {
            long value = decimal.longValue();
            head(out, value < 0 ? NEGATIVE : UNSIGNED, value < 0 ? ~value : value);
        } else {
            CborFloats.write(out, decimal.doubleValue());
        }
    }

    /** A major type and the number that belongs to it. */
    static void head(ByteArrayOutputStream out, int major, long number) {
        if (number < 24) {
            out.write(major | (int) number);
        } else if (number < 1 << 8) {
            out.write(major | 24);
            bytes(out, number, 1);
        } else if (number < 1 << 16) {
            out.write(major | 25);
            bytes(out, number, 2);
        } else if (number < 1L << 32) {
            out.write(major | 26);
            bytes(out, number, 4);
        } else {
            out.write(major | 27);
            bytes(out, number, 8);
        }
    }

    static void bytes(ByteArrayOutputStream out, long number, int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            out.write((int) (number >>> shift));
        }
    }
}
