package io.kubespring.api.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/**
 * The short ASCII texts that objects share (field names, "TCP", "Always"), so that reading one makes nothing. A table of
 * fixed size without locks: threads that race make a text twice, never a wrong one.
 */
final class Texts {

    static final int MAX_LENGTH = 48;
    private static final int SIZE = 1 << 13;
    private static final int WAYS = 4;

    private static final Text[] TABLE = new Text[SIZE];
    /** Hashes that were met once: only what comes again is worth a place. */
    private static final int[] MET = new int[SIZE];

    private Texts() {}

    private record Text(int hash, byte[] bytes, String text, StringNode node) {
        boolean is(byte[] json, int from, int to) {
            return Arrays.equals(bytes, 0, bytes.length, json, from, to);
        }
    }

    /** The text of some bytes, which are plain ASCII. */
    static String text(byte[] json, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return made(json, from, to);
        }
        int hash = Swar.hash(json, from, to);
        Text known = find(hash, json, from, to);
        if (known != null) {
            return known.text();
        }
        String text = made(json, from, to);
        meet(hash, json, from, to, text);
        return text;
    }

    static StringNode node(byte[] json, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return new StringNode(made(json, from, to));
        }
        int hash = Swar.hash(json, from, to);
        Text known = find(hash, json, from, to);
        if (known != null) {
            return known.node();
        }
        String text = made(json, from, to);
        meet(hash, json, from, to, text);
        return new StringNode(text);
    }

    /** Looks in all places that a text may have. */
    private static @Nullable Text find(int hash, byte[] json, int from, int to) {
        int first = hash & SIZE - WAYS;
        for (int place = first; place < first + WAYS; place++) {
            Text known = TABLE[place];
            if (known != null && known.hash() == hash && known.is(json, from, to)) {
                return known;
            }
        }
        return null;
    }

    /** The newest stands first, the oldest leaves: a few that always come in turns never push each other out. */
    private static void meet(int hash, byte[] json, int from, int to, String text) {
        int first = hash & SIZE - WAYS;
        for (int place = first; place < first + WAYS; place++) {
            if (MET[place] == hash) {
                System.arraycopy(TABLE, first, TABLE, first + 1, WAYS - 1);
                TABLE[first] = new Text(hash, Arrays.copyOfRange(json, from, to), text, new StringNode(text));
                return;
            }
        }
        System.arraycopy(MET, first, MET, first + 1, WAYS - 1);
        MET[first] = hash;
    }

    private static String made(byte[] json, int from, int to) {
        return new String(json, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
