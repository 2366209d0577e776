package io.kubespring.api.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The objects that trees share, by their JSON. A table of fixed size whose entries give way to each other, bounded in bytes
 * as well; who finds none makes its own.
 */
final class SharedObjects {

    static final int MIN_LENGTH = 64;
    static final int MAX_LENGTH = 16 * 1024;
    private static final int SIZE = 1 << 9;

    private static final SharedObject[] TABLE = new SharedObject[SIZE];
    private static final int[] MET = new int[SIZE];

    private SharedObjects() {}

    static int hash(byte[] json, int from, int to) {
        return Swar.hash(json, from, to);
    }

    static @Nullable SharedObject find(int hash, byte[] json, int from, int to) {
        SharedObject known = TABLE[hash & SIZE - 1];
        return known != null && Arrays.equals(known.encoded(), 0, known.encoded().length, json, from, to)
                ? known
                : null;
    }

    /** Whether an object of this hash came before, so that it may come again. */
    static boolean metBefore(int hash) {
        int place = hash & SIZE - 1;
        if (MET[place] == hash) {
            return true;
        }
        MET[place] = hash;
        return false;
    }

    static void keep(int hash, SharedObject object) {
        TABLE[hash & SIZE - 1] = object;
    }
}
