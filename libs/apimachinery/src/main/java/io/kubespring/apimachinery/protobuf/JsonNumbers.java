package io.kubespring.apimachinery.protobuf;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Reads integers from JSON's bytes. */
final class JsonNumbers {

    private JsonNumbers() {}

    /** An integer, also where it is written as "1.0" or "1e3"; 0 for what is no number. */
    static long integer(byte[] json, int from, int to) {
        boolean negative = json[from] == '-';
        long value = 0;
        int digits = to - from - (negative ? 1 : 0);
        for (int i = negative ? from + 1 : from; i < to; i++) {
            int digit = json[i] - '0';
            if (digit < 0 || digit > 9 || digits > 18) {
                return slowly(json, from, to);
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private static long slowly(byte[] json, int from, int to) {
        try {
            return new BigDecimal(new String(json, from, to - from, StandardCharsets.ISO_8859_1)).longValue();
        } catch (NumberFormatException noNumber) {
            return 0;
        }
    }
}
