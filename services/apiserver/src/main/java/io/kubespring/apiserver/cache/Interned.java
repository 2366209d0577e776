package io.kubespring.apiserver.cache;

import java.nio.charset.StandardCharsets;

/**
 * Shares the strings that thousands of objects have in common (label keys, node names, phases) without keeping any for
 * good: a fixed table in which a newcomer replaces the tenant. Races only cost a duplicate.
 */
final class Interned {

    private static final int TABLE_SIZE = 1 << 13;
    private static final int LONGEST = 64;
    private static final String[] TABLE = new String[TABLE_SIZE];

    static {
        java.util.Arrays.fill(TABLE, "");
    }

    private Interned() {}

    static String text(byte[] utf8, int start, int end) {
        int length = end - start;
        if (length > LONGEST) {
            return new String(utf8, start, length, StandardCharsets.UTF_8);
        }
        int hash = length;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + utf8[i];
        }
        int place = (hash ^ (hash >>> 15)) & (TABLE_SIZE - 1);
        String tenant = TABLE[place];
        if (same(tenant, utf8, start, length)) {
            return tenant;
        }
        String text = new String(utf8, start, length, StandardCharsets.UTF_8);
        TABLE[place] = text;
        return text;
    }

    /** Only ASCII strings are ever the same; others are not shared. */
    private static boolean same(String text, byte[] utf8, int start, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != utf8[start + i]) {
                return false;
            }
        }
        return true;
    }
}
