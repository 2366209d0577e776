package io.kubespring.api.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes of JSON text at once. */
public final class Swar {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private Swar() {}

    static long eight(byte[] text, int at) {
        return (long) LONG.get(text, at);
    }

    /** Where the first byte stands that is no plain ASCII of a string: a quote, a backslash, a control character or beyond ASCII. */
    static int plainEnd(byte[] text, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long word = eight(text, at);
            long quote = word ^ (ONES * '"');
            long slash = word ^ (ONES * '\\');
            long odd = (quote - ONES) & ~quote | (slash - ONES) & ~slash | (word - ONES * 0x20) & ~word | word;
            odd &= HIGH;
            if (odd != 0) {
                return at + (Long.numberOfTrailingZeros(odd) >>> 3);
            }
        }
        while (at < to) {
            byte each = text[at];
            if (each < 0x20 || each == '"' || each == '\\') {
                return at;
            }
            at++;
        }
        return at;
    }

    /**
     * Where the string's closing quote stands, in well-formed JSON.
     *
     * @param from inside the string, not behind a backslash
     */
    public static int stringEnd(byte[] text, int from) {
        int at = plainEnd(text, from, text.length);
        while (text[at] != '"') {
            at = plainEnd(text, at + (text[at] == '\\' ? 2 : 1), text.length);
        }
        return at;
    }

    /** A hash of some bytes. */
    static int hash(byte[] text, int from, int to) {
        long hash = to - from;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = (hash ^ eight(text, at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ text[at]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash ^ hash >>> 29);
    }
}
